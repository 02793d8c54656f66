// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The kind of program that a zombie's parent is, and what the parent is doing.
 *
 * <p>Immutable and so thread-safe. Two of them are equal if all their values are equal.
 */
public final class ParentCondition {

    private record Parts(
            SignalDisposition sigchld,
            boolean sigchldBlocked,
            boolean stopped,
            Optional<String> frozen,
            boolean uninterruptible,
            Optional<String> wchan,
            boolean waiting,
            OptionalLong tracer,
            boolean namespaceInit,
            ProgramRuntime runtime) {}

    private final Parts parts;

    private ParentCondition(Builder builder) {
        this.parts = new Parts(
                builder.sigchld,
                builder.sigchldBlocked,
                builder.stopped,
                builder.frozen,
                builder.uninterruptible,
                builder.wchan,
                builder.waiting,
                builder.tracer,
                builder.namespaceInit,
                builder.runtime);
    }

    /**
     * Its disposition of SIGCHLD.
     *
     * @return whether it catches, ignores or leaves the signal
     */
    public SignalDisposition sigchld() {
        return parts.sigchld();
    }

    /**
     * Whether all its threads block SIGCHLD.
     *
     * @return whether it does
     */
    public boolean sigchldBlocked() {
        return parts.sigchldBlocked();
    }

    /**
     * Whether it cannot run because a signal or a tracer has stopped it.
     *
     * @return whether it is stopped
     */
    public boolean stopped() {
        return parts.stopped();
    }

    /**
     * The evidence that its cgroup is frozen.
     *
     * @return the file and what the file says; empty if no file shows it
     */
    public Optional<String> frozen() {
        return parts.frozen();
    }

    /**
     * Whether all its threads were in an uninterruptible sleep (D state) in two looks, 100 ms
     * apart.
     *
     * @return whether they are
     */
    public boolean uninterruptible() {
        return parts.uninterruptible();
    }

    /**
     * The kernel function that its main thread sleeps in.
     *
     * @return empty if this process may not know
     */
    public Optional<String> wchan() {
        return parts.wchan();
    }

    /**
     * Whether a thread of it waits for a child now, as far as this process may know.
     *
     * @return whether one is
     */
    public boolean waiting() {
        return parts.waiting();
    }

    /**
     * The process that traces it.
     *
     * @return the tracer's PID; empty if there is none
     */
    public OptionalLong tracer() {
        return parts.tracer();
    }

    /**
     * Whether it is process 1 of its PID namespace. Process 1 inherits orphans of the namespace
     * that have no subreaper. The kernel tells only the process itself whether it is a subreaper. A
     * dry run of {@link org.zreap.Zreap#adopt} names the process that would inherit this zombie.
     *
     * @return whether it is process 1
     */
    public boolean namespaceInit() {
        return parts.namespaceInit();
    }

    /**
     * The kind of program.
     *
     * @return the kind
     */
    public ProgramRuntime runtime() {
        return parts.runtime();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ParentCondition other && parts.equals(other.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** All that is known, for people. */
    @Override
    public String toString() {
        return parts.toString().replaceFirst("Parts", "ParentCondition");
    }

    /** Makes a {@link ParentCondition}. Not thread-safe: only one thread may use it. */
    static final class Builder {

        private SignalDisposition sigchld = SignalDisposition.DEFAULT;
        private boolean sigchldBlocked;
        private boolean stopped;
        private Optional<String> frozen = Optional.empty();
        private boolean uninterruptible;
        private Optional<String> wchan = Optional.empty();
        private boolean waiting;
        private OptionalLong tracer = OptionalLong.empty();
        private boolean namespaceInit;
        private final ProgramRuntime runtime;

        /** With the kind of program. All else is absent unless it is set. */
        Builder(ProgramRuntime runtime) {
            this.runtime = runtime;
        }

        Builder sigchld(SignalDisposition value) {
            this.sigchld = value;
            return this;
        }

        Builder sigchldBlocked(boolean value) {
            this.sigchldBlocked = value;
            return this;
        }

        Builder stopped(boolean value) {
            this.stopped = value;
            return this;
        }

        Builder frozen(Optional<String> value) {
            this.frozen = value;
            return this;
        }

        Builder uninterruptible(boolean value) {
            this.uninterruptible = value;
            return this;
        }

        Builder wchan(Optional<String> value) {
            this.wchan = value;
            return this;
        }

        Builder waiting(boolean value) {
            this.waiting = value;
            return this;
        }

        Builder tracer(OptionalLong value) {
            this.tracer = value;
            return this;
        }

        Builder namespaceInit(boolean value) {
            this.namespaceInit = value;
            return this;
        }

        ParentCondition build() {
            return new ParentCondition(this);
        }
    }
}
