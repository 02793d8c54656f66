// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.zreap.internal.SignalNames;

/**
 * Options of a request that hands zombies to an adopter. By default each zombie goes to the init or
 * subreaper that would inherit it if its parent ended. The kernel tells that process by SIGCHLD.
 * The caller waits until the request is done.
 *
 * <p>Immutable and so thread-safe.
 */
public final class AdoptOptions {

    private static final AdoptOptions DEFAULTS = builder().build();

    private final ReapOptions common;
    private final OptionalLong adopter;
    private final OptionalInt signal;

    private AdoptOptions(Builder builder) {
        this.common = builder.common.build();
        this.adopter = builder.adopter;
        this.signal = builder.signal;
    }

    /**
     * The defaults of {@link Builder}.
     *
     * @return the options
     */
    public static AdoptOptions defaults() {
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
     * The process that becomes the parent.
     *
     * @return empty for the process that would inherit the zombie
     */
    public OptionalLong adopter() {
        return adopter;
    }

    /**
     * The signal that tells the new parent.
     *
     * @return empty for SIGCHLD
     */
    public OptionalInt signal() {
        return signal;
    }

    /**
     * The minimum age: the time for which a process must have been a zombie.
     *
     * @return in whole milliseconds
     */
    public Duration minAge() {
        return common.minAge();
    }

    /**
     * Whether the request changes nothing and only says what it would do.
     *
     * @return whether this is a dry run
     */
    public boolean dryRun() {
        return common.dryRun();
    }

    /**
     * Whether the request also hands over children of a parent that may still wait.
     *
     * @return true if the request also takes children of stopped, traced or frozen parents
     */
    public boolean force() {
        return common.force();
    }

    /**
     * How long the caller waits.
     *
     * @return empty for as long as it takes
     */
    public Optional<Duration> timeout() {
        return common.timeout();
    }

    /**
     * Sets up {@link AdoptOptions}.
     *
     * <p>Not thread-safe: only one thread may use it.
     */
    public static final class Builder {

        private final ReapOptions.Builder common = ReapOptions.builder();
        private OptionalLong adopter = OptionalLong.empty();
        private OptionalInt signal = OptionalInt.empty();

        private Builder() {}

        /**
         * Hands the zombies to this process. It must wait for them. If the process has told the
         * kernel that it never waits for children, the result is {@link ReapResult.Deaf}. If it
         * only forgets to wait, the zombie stays a zombie.
         *
         * @param pid the process; by default the init or subreaper that would inherit each zombie
         * @return this builder
         * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
         */
        public Builder adopter(long pid) {
            this.adopter = OptionalLong.of(Target.ofPid(pid).pid());
            return this;
        }

        /**
         * Tells the new parent by this signal. If the signal would kill that process, the result is
         * {@link ReapResult.Deaf}.
         *
         * @param number from 1 to 64, in Linux's common numbering; SIGCHLD (17) by default
         * @return this builder
         * @throws IllegalArgumentException if there is no such signal, or if it is SIGKILL or
         *     SIGSTOP
         */
        public Builder signal(int number) {
            this.signal = OptionalInt.of(SignalNames.requireTelling(number));
            return this;
        }

        /**
         * Tells the new parent by this signal.
         *
         * @param name the name, such as {@code SIGUSR1}, {@code USR1} or {@code RTMIN+3}, or the
         *     number in decimal
         * @return this builder
         * @throws IllegalArgumentException if there is no such signal, or if it is SIGKILL or
         *     SIGSTOP
         */
        public Builder signal(String name) {
            return signal(SignalNames.numberOf(name));
        }

        /**
         * Spares zombies that are younger; they give {@link ReapResult.Young}.
         *
         * @param age zero by default; parts of a millisecond are rounded up
         * @return this builder
         * @throws IllegalArgumentException if the age is negative
         */
        public Builder minAge(Duration age) {
            common.minAge(age);
            return this;
        }

        /**
         * Only says what would be done: {@link ReapResult.WouldAdopt} instead of
         * {@link ReapResult.Adopted}.
         *
         * @param only whether to do so; false by default
         * @return this builder
         */
        public Builder dryRun(boolean only) {
            common.dryRun(only);
            return this;
        }

        /**
         * Also hands over zombies whose parent is stopped, traced or frozen, as
         * {@link ReapOptions.Builder#force} does.
         *
         * @param anyway whether to do so; false by default
         * @return this builder
         */
        public Builder force(boolean anyway) {
            common.force(anyway);
            return this;
        }

        /**
         * Lets the caller wait no longer than this, as {@link ReapOptions.Builder#timeout} does.
         *
         * @param longest by default as long as it takes
         * @return this builder
         * @throws IllegalArgumentException if the time is negative
         */
        public Builder timeout(Duration longest) {
            common.timeout(longest);
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options
         */
        public AdoptOptions build() {
            return new AdoptOptions(this);
        }
    }
}
