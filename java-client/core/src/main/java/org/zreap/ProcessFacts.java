// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.zreap.event.ResultEvent;
import org.zreap.internal.ProcessFactsBuilder;

/**
 * The kernel's facts about the process that a request named. If the process is not there, only the
 * PID is known.
 *
 * <p>Immutable and so thread-safe. Numbers are those of the PID namespace of this process. Two of
 * them are equal if all their values are equal.
 */
public final class ProcessFacts {

    static {
        ProcessFactsBuilder.CONSTRUCTOR.grant(ProcessFacts::new);
    }

    private final ProcessFactsBuilder.Parts parts;

    private ProcessFacts(ProcessFactsBuilder.Parts parts) {
        this.parts = parts;
    }

    /**
     * The PID together with the start time.
     *
     * @return empty if one of them is not known
     */
    public Optional<ProcessIdentity> identity() {
        return pid() != 0 && startTicks().isPresent()
                ? Optional.of(new ProcessIdentity(pid(), startTicks().getAsLong()))
                : Optional.empty();
    }

    /**
     * The PID that the request named.
     *
     * @return the PID; 0 in a {@link ResultEvent} if it is not visible from here
     */
    public long pid() {
        return parts.pid();
    }

    /**
     * When the process started.
     *
     * @return in clock ticks since boot, as in {@link ProcessIdentity}; empty if not known
     */
    public OptionalLong startTicks() {
        return parts.startTicks();
    }

    /**
     * Its name.
     *
     * @return empty if not known
     */
    public Optional<CommandName> name() {
        return parts.name();
    }

    /**
     * Its parent.
     *
     * @return the parent's PID, 0 if the parent is outside of the PID namespace; empty if not known
     */
    public OptionalLong parentPid() {
        return parts.parentPid();
    }

    /**
     * Its parent's name.
     *
     * @return empty if not known
     */
    public Optional<CommandName> parentName() {
        return parts.parentName();
    }

    /**
     * How it ended.
     *
     * @return empty if not known
     */
    public Optional<ExitStatus> status() {
        return parts.status();
    }

    /**
     * The resources that it has used.
     *
     * @return empty if not known
     */
    public Optional<Rusage> rusage() {
        return parts.rusage();
    }

    /**
     * The age that the module compares with a minimum age, as in {@link Zombie#age}.
     *
     * @return in whole milliseconds; empty if not known
     */
    public Optional<Duration> age() {
        return parts.age();
    }

    /**
     * How many threads of it live. If its main thread has ended, the count has only the others.
     *
     * @return empty if not known
     */
    public OptionalInt livingThreads() {
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
     * The process that has adopted it, or that the request named as its adopter.
     *
     * @return the adopter's PID; empty if there is none, or one outside of the PID namespace
     */
    public OptionalLong adopter() {
        return parts.adopter();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ProcessFacts other && parts.equals(other.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** The process for people, such as {@code 1234@5678 (name)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(pid());
        startTicks().ifPresent(start -> text.append('@').append(start));
        name().ifPresent(n -> text.append(" (").append(n).append(')'));
        return text.toString();
    }
}
