// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.internal.ZombieBuilder;

/**
 * A process that has ended and that its parent has not waited for. The values are those of one
 * moment.
 *
 * <p>Immutable and so thread-safe. Numbers are those of the PID namespace of the {@code /proc} that
 * was read. Two of them are equal if all their values are equal.
 */
public final class Zombie implements Target {

    static {
        ZombieBuilder.CONSTRUCTOR.grant(Zombie::new);
    }

    private final ZombieBuilder.Parts parts;

    private Zombie(ZombieBuilder.Parts parts) {
        this.parts = parts;
    }

    @Override
    public long pid() {
        return identity().pid();
    }

    @Override
    public OptionalLong start() {
        return identity().start();
    }

    /**
     * Which process it is.
     *
     * @return the PID and the start time
     */
    public ProcessIdentity identity() {
        return parts.identity();
    }

    /**
     * Its name.
     *
     * @return the name as the kernel has it
     */
    public CommandName name() {
        return parts.name();
    }

    /**
     * Its parent.
     *
     * @return the parent's PID, 0 if the parent is outside of the PID namespace
     */
    public long parentPid() {
        return parts.parentPid();
    }

    /**
     * Its parent's name.
     *
     * @return empty if the parent is gone or hidden
     */
    public Optional<CommandName> parentName() {
        return parts.parentName();
    }

    /**
     * The obstacle to a request that names it.
     *
     * @return {@link ZombieState#REAPABLE} if nothing is in the way
     */
    public ZombieState state() {
        return parts.state();
    }

    /**
     * Why a {@linkplain Zreap#sweep sweep} leaves it, apart from its age. If the {@link #state} is
     * not reapable, that is the reason. {@link ZombieState#PARENT_BUSY} appears only here: a
     * request that names the zombie still takes it. Only the module reports that state.
     *
     * @return empty if zreap saw nothing that keeps a sweep from taking it
     */
    public Optional<ZombieState> spared() {
        return parts.spared();
    }

    /**
     * Its real user ID.
     *
     * @return empty if it is hidden
     */
    public OptionalLong uid() {
        return parts.uid();
    }

    /**
     * How many other threads of the process live. If there are any, it is not a zombie yet.
     *
     * @return 0 or more
     */
    public int livingThreads() {
        return parts.livingThreads();
    }

    /**
     * Which process traces it.
     *
     * @return the tracer's PID; empty if there is no tracer, or one outside of the PID namespace
     */
    public OptionalLong tracer() {
        return parts.tracer();
    }

    /**
     * The age that the module compares with a minimum age. It counts from the end of the process
     * or, if later, from when the module last saw that the parent could not run.
     *
     * @return in whole milliseconds; empty if the module did not say; nothing else knows it
     */
    public Optional<Duration> age() {
        return parts.age();
    }

    /**
     * How it ended.
     *
     * @return empty if the reader may not know
     */
    public Optional<ExitStatus> status() {
        return parts.status();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Zombie other && parts.equals(other.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** All that is known, for people. */
    @Override
    public String toString() {
        return parts.toString().replaceFirst("Parts", "Zombie");
    }
}
