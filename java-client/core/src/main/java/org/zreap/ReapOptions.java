// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import org.zreap.internal.Durations;

/**
 * How named zombies are reaped or released. By default the module takes a zombie of any age, unless
 * its parent is stopped, traced or frozen. A request waits until it is done.
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
     * How long a zombie must have been one.
     *
     * @return in whole milliseconds
     */
    public Duration minAge() {
        return minAge;
    }

    /**
     * Whether nothing is to be done, only said.
     *
     * @return whether this is a dry run
     */
    public boolean dryRun() {
        return dryRun;
    }

    /**
     * Whether children of a parent that may still wait are taken too.
     *
     * @return whether it does not matter that the parent is stopped, traced or frozen
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
     * <p>Not thread-safe: to be used by one thread.
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
         * wait for its child when it goes on. Then it is told that there is none: it may hang, or
         * believe a wrong exit status. Force lifts no other refusal, and no minimum age.
         *
         * @param anyway whether to do so; false by default
         * @return this builder
         */
        public Builder force(boolean anyway) {
            this.force = anyway;
            return this;
        }

        /**
         * Lets the caller wait no longer than this, and an interrupt end the waiting. Many targets
         * make several batches: no further one is begun then. The one under way goes on in its
         * thread, and {@link Zreap#recent} tells what came of it; if this JVM ends first, the rest
         * of it is not done.
         *
         * <p>The request runs in another thread meanwhile. If none can be started, as where zombies
         * have used up all PIDs, a synchronous one runs in the caller's: then the time counts
         * between batches only, so that one batch may take longer, and an interrupt ends nothing.
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
         * Makes the options.
         *
         * @return the options
         */
        public ReapOptions build() {
            return new ReapOptions(this);
        }
    }
}
