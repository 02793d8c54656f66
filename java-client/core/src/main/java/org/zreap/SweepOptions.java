// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.zreap.internal.ProtectedParents;
import org.zreap.internal.Signals;

/**
 * Which zombies a sweep reaps. By default those that have been zombies for a minute: a parent that
 * means to wait for its children has done so by then, if it could run. A sweep spares the children
 * of a parent that is stopped, traced or frozen, in an uninterruptible sleep, or not told yet: it
 * may wait for them when it goes on.
 *
 * <p>Immutable and so thread-safe, if the predicate is.
 */
public final class SweepOptions {

    /** The minimum age unless another one is set. */
    public static final Duration DEFAULT_MIN_AGE = Duration.ofSeconds(60);

    private static final SweepOptions DEFAULTS = builder().build();

    private final ReapOptions reapOptions;
    private final Optional<Target> parent;
    private final ProtectedParents protectedParents;
    private final Predicate<Zombie> filter;
    private final int limit;

    private SweepOptions(Builder builder) {
        this.reapOptions = builder.reapOptions.build();
        this.parent = builder.parent;
        this.protectedParents = builder.protectedParents;
        this.filter = builder.filter;
        this.limit = builder.limit;
    }

    /**
     * The defaults of {@link Builder}.
     *
     * @return the options
     */
    public static SweepOptions defaults() {
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
     * How the selected zombies are reaped.
     *
     * @return with the minimum age, which the kernel checks once more
     */
    public ReapOptions reapOptions() {
        return reapOptions;
    }

    /**
     * The most zombies that one sweep reaps.
     *
     * @return a positive number
     */
    public int limit() {
        return limit;
    }

    /**
     * Whether a sweep reaps this zombie, unless it has found enough already. A parent that is named
     * with its start time is looked up in this process's own {@code /proc}, by a sweep in that of
     * its client.
     *
     * @param zombie as the kernel lists it; one without an age is spared
     * @return whether the options mean it, and nothing spares it
     * @throws ZreapException if a parent has to be looked up and procfs cannot be read
     */
    public boolean selects(Zombie zombie) {
        return spares(zombie).isEmpty() && means(zombie, pid -> Signals.linux().identify(pid));
    }

    /** Why a sweep would leave this zombie; empty if it would take it. */
    Optional<ZombieState> spares(Zombie zombie) {
        Optional<ZombieState> reason =
                zombie.spared().filter(state -> !reapOptions.force() || !state.isLiftedByForce());
        boolean isOldEnough = zombie.age()
                .filter(age -> age.compareTo(reapOptions.minAge()) >= 0)
                .isPresent();
        return reason.isPresent() || isOldEnough ? reason : Optional.of(ZombieState.YOUNG);
    }

    /**
     * Whether this zombie is one of those that the caller has in mind, where somebody knows which
     * process has a PID now.
     */
    boolean means(Zombie zombie, LongFunction<Optional<ProcessIdentity>> identify) {
        return (parent.isEmpty() || isParent(parent.get(), zombie, identify))
                && !protectedParents.protects(zombie, identify)
                && filter.test(zombie);
    }

    private static boolean isParent(Target parent, Zombie zombie, LongFunction<Optional<ProcessIdentity>> identify) {
        return parent.pid() == zombie.parentPid()
                && (parent.start().isEmpty()
                        || identify.apply(parent.pid()).filter(parent::equals).isPresent());
    }

    /**
     * Sets up {@link SweepOptions}.
     *
     * <p>Not thread-safe: to be used by one thread.
     */
    public static final class Builder {

        private final ReapOptions.Builder reapOptions = ReapOptions.builder().minAge(DEFAULT_MIN_AGE);
        private Optional<Target> parent = Optional.empty();
        private ProtectedParents protectedParents = ProtectedParents.NONE;
        private Predicate<Zombie> filter = zombie -> true;
        private int limit = Integer.MAX_VALUE;

        private Builder() {}

        /**
         * Spares zombies that are younger.
         *
         * @param age {@link #DEFAULT_MIN_AGE} by default; zero takes children that a healthy parent
         *     is about to wait for
         * @return this builder
         * @throws IllegalArgumentException if the age is negative
         */
        public Builder minAge(Duration age) {
            reapOptions.minAge(age);
            return this;
        }

        /**
         * Only says what would be done.
         *
         * @param only whether to do so; false by default
         * @return this builder
         */
        public Builder dryRun(boolean only) {
            reapOptions.dryRun(only);
            return this;
        }

        /**
         * Also takes children of parents that are stopped, traced or frozen, in an uninterruptible
         * sleep, or not told yet. See {@link ReapOptions.Builder#force} for what such a parent may
         * then do.
         *
         * @param anyway whether to do so; false by default
         * @return this builder
         */
        public Builder force(boolean anyway) {
            reapOptions.force(anyway);
            return this;
        }

        /**
         * Lets the caller wait no longer than this for the reaping, as
         * {@link ReapOptions.Builder#timeout} does.
         *
         * @param longest by default as long as it takes
         * @return this builder
         * @throws IllegalArgumentException if the time is negative
         */
        public Builder timeout(Duration longest) {
            reapOptions.timeout(longest);
            return this;
        }

        /**
         * Reaps only zombies that are listed with this parent, whichever process has that PID then.
         * Options that are kept had better name it with its
         * {@linkplain #parent(ProcessIdentity) start time}: PIDs are given out again.
         *
         * @param pid the parent; any by default
         * @return this builder
         * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
         */
        public Builder parent(long pid) {
            this.parent = Optional.of(Target.ofPid(pid));
            return this;
        }

        /**
         * Reaps only zombies that are listed with this parent, if that is still the same process
         * and can be seen in {@code /proc}.
         *
         * @param process the parent; any by default
         * @return this builder
         */
        public Builder parent(ProcessIdentity process) {
            this.parent = Optional.of(process);
            return this;
        }

        /**
         * Spares zombies that are listed with this parent, whichever process has that PID then; may
         * be called several times.
         *
         * @param pid the parent
         * @return this builder
         * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
         */
        public Builder protectParent(long pid) {
            protectedParents = protectedParents.with(Target.ofPid(pid));
            return this;
        }

        /**
         * Spares zombies that are listed with this parent, unless {@code /proc} shows that its PID
         * belongs to another process by now; may be called several times.
         *
         * @param process the parent
         * @return this builder
         */
        public Builder protectParent(ProcessIdentity process) {
            protectedParents = protectedParents.with(process);
            return this;
        }

        /**
         * Reaps only zombies that pass a test of the caller's own. The sweep also tests zombies
         * that it spares for another reason, to count them ({@link ReapReport#spared}).
         *
         * @param test true for a zombie that may be reaped
         * @return this builder
         */
        public Builder filter(Predicate<Zombie> test) {
            this.filter = test;
            return this;
        }

        /**
         * Reaps no more than this in one sweep, the lowest PIDs first.
         *
         * @param most a positive number; any number by default
         * @return this builder
         * @throws IllegalArgumentException if {@code most} is not positive
         */
        public Builder limit(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("a limit is positive, not " + most);
            }
            this.limit = most;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         */
        public SweepOptions build() {
            return new SweepOptions(this);
        }
    }
}
