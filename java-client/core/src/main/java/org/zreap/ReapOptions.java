// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import org.zreap.internal.Durations;

/**
 * Options of a request that reaps or releases named zombies. By default the module takes a zombie
 * of any age, unless its parent is stopped, traced or frozen. The caller waits until the request is
 * done.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ReapOptions {

    private static final ReapOptions DEFAULTS = builder().build();

    private final Duration minAge;
    private final boolean dryRun;
    private final boolean force;
    private final Optional<Duration> timeout;

    private ReapOptions(Builder builder) {
        this.minAge = builder.minAge;
        this.dryRun = builder.dryRun;
        this.force = builder.force;
        this.timeout = builder.timeout;
    }

    /**
     * The defaults of {@link Builder}.
     *
     * @return the options
     */
    public static ReapOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets up options.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The minimum age: the time for which a process must have been a zombie.
     *
     * @return in whole milliseconds
     */
    public Duration minAge() {
        return minAge;
    }

    /**
     * Whether the request changes nothing and only says what it would do.
     *
     * @return whether this is a dry run
     */
    public boolean dryRun() {
        return dryRun;
    }

    /**
     * Whether the request also takes children of a parent that may still wait.
     *
     * @return true if the request also takes children of stopped, traced or frozen parents
     */
    public boolean force() {
        return force;
    }

    /**
     * How long the caller waits.
     *
     * @return empty for as long as it takes
     */
    public Optional<Duration> timeout() {
        return timeout;
    }

    /**
     * Sets up {@link ReapOptions}.
     *
     * <p>Not thread-safe: only one thread may use it.
     */
    public static final class Builder {

        private Duration minAge = Duration.ZERO;
        private boolean dryRun;
        private boolean force;
        private Optional<Duration> timeout = Optional.empty();

        private Builder() {}

        /**
         * Spares zombies that are younger; they give {@link ReapResult.Young}.
         *
         * @param age zero by default; parts of a millisecond are rounded up
         * @return this builder
         * @throws IllegalArgumentException if the age is negative
         */
        public Builder minAge(Duration age) {
            this.minAge = Durations.wholeMillis(age);
            return this;
        }

        /**
         * Only says what would be done: {@link ReapResult.WouldReap} instead of
         * {@link ReapResult.Reaped}, and so on.
         *
         * @param only whether to do so; false by default
         * @return this builder
         */
        public Builder dryRun(boolean only) {
            this.dryRun = only;
            return this;
        }

        /**
         * Also takes zombies whose parent is stopped, traced or frozen
         * ({@link ReapResult.ParentStopped}). In a sweep it also takes those whose parent is in an
         * uninterruptible sleep or not told yet ({@link ReapResult.ParentBusy}). Such a parent may
         * wait for its child when it goes on. The kernel then tells it that there is no such child.
         * The parent may hang, or believe a wrong exit status. Force lifts no other refusal, and no
         * minimum age.
         *
         * @param anyway whether to do so; false by default
         * @return this builder
         */
        public Builder force(boolean anyway) {
            this.force = anyway;
            return this;
        }

        /**
         * Limits how long the caller waits. With a time-out, an interrupt ends the waiting too.
         * Many targets make several batches. When the waiting ends, no further batch begins. The
         * batch under way goes on in its thread, and {@link Zreap#recent} has its results. If this
         * JVM ends first, the rest of that batch is not done.
         *
         * <p>The request runs in another thread. If no thread can start, for example because
         * zombies use all PIDs, a synchronous request runs in the caller's thread. The library then
         * looks at the time only between batches, so one batch may take longer. An interrupt then
         * ends nothing.
         *
         * @param longest by default the caller waits for as long as it takes, interrupted or not
         * @return this builder
         * @throws IllegalArgumentException if the time is negative
         */
        public Builder timeout(Duration longest) {
            this.timeout = Optional.of(Durations.wholeMillis(longest));
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options
         */
        public ReapOptions build() {
            return new ReapOptions(this);
        }
    }
}
