// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.zreap.internal.ProtectedParents;
import org.zreap.internal.Signals;

/**
 * Selects the zombies that a sweep reaps. By default a sweep takes processes that have been zombies
 * for a minute. A parent that waits for its children has done so by then, if it could run. A sweep
 * spares the children of a parent that is stopped, traced or frozen, in an uninterruptible sleep,
 * or not told yet. Such a parent may wait for them when it goes on.
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
     * Whether a sweep reaps this zombie, unless it has found enough already. This method looks up a
     * parent with a start time in this process's own {@code /proc}. A sweep looks it up in the
     * procfs of its client.
     *
     * @param zombie as the kernel lists it; a sweep spares a zombie without an age
     * @return whether the options select it, and nothing spares it
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
     * Whether the options select this zombie, given a function that finds the process with a PID.
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
     * <p>Not thread-safe: only one thread may use it.
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
         * Only says what the sweep would do.
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
         * Limits how long the caller waits for the reaping, as {@link ReapOptions.Builder#timeout}
         * does.
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
         * Reaps only zombies whose listed parent has this PID. The kernel gives PIDs to other
         * processes later. If you keep the options, name the parent with its
         * {@linkplain #parent(ProcessIdentity) start time}.
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
         * Reaps only zombies of this parent. If {@code /proc} does not show that same process, the
         * sweep reaps none.
         *
         * @param process the parent; any by default
         * @return this builder
         */
        public Builder parent(ProcessIdentity process) {
            this.parent = Optional.of(process);
            return this;
        }

        /**
         * Spares zombies whose listed parent has this PID, whichever process that is. You may call
         * this several times.
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
         * Spares zombies of this parent, unless {@code /proc} shows that its PID now belongs to
         * another process. You may call this several times.
         *
         * @param process the parent
         * @return this builder
         */
        public Builder protectParent(ProcessIdentity process) {
            protectedParents = protectedParents.with(process);
            return this;
        }

        /**
         * Reaps only zombies that pass this test. The sweep also tests zombies that it spares for
         * another reason, to count them ({@link ReapReport#spared}).
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
         * Builds the options.
         *
         * @return the options
         */
        public SweepOptions build() {
            return new SweepOptions(this);
        }
    }
}
