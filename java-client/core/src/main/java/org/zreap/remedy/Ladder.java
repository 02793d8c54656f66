// SPDX-License-Identifier: Apache-2.0
package org.zreap.remedy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.zreap.AdoptOptions;
import org.zreap.Failure;
import org.zreap.ProcessIdentity;
import org.zreap.ReapInterruptedException;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.internal.ProtectedParents;
import org.zreap.internal.Signals;

/**
 * Removes zombies step by step. The ladder takes no further step for a zombie that is gone. It
 * records each step. Each step acts on the parent that the zombie has at that time.
 *
 * <p>The ladder looks up parents in {@code /proc}, whatever {@link Zreap.Builder#procRoot} the
 * client has. {@code /proc} must be the procfs of this process's own PID namespace. If
 * {@code /proc} does not show a parent, the ladder sends it no signal.
 *
 * <p>A parent that is stopped, traced or frozen may wait for its children when it goes on. If the
 * kernel module says that the parent is in such a state, the climb ends
 * ({@link ReapResult.ParentStopped}). The outcome of that step has the result. The ladder asks the
 * module before it kills a parent. A ladder has no force option, but a request has one
 * ({@link org.zreap.ReapOptions.Builder#force}).
 *
 * <pre>{@code
 * Ladder ladder = Ladder.builder(zreap).nudge(Duration.ofSeconds(2)).reap().build();
 * LadderReport report = ladder.climb(zombie);
 * }</pre>
 *
 * <p>Immutable and so thread-safe. The caller must close the client that the ladder uses.
 */
public final class Ladder {

    private static final int SIGKILL = 9;
    private static final int SIGCHLD = 17;

    private static final ReapOptions ASK_ONLY =
            ReapOptions.builder().dryRun(true).build();

    private static final Duration FIRST_LOOK = Duration.ofMillis(1);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(100);

    private final Zreap zreap;
    private final Signals signals;
    private final ZombieScanner scanner;
    private final List<Step> steps;
    private final ProtectedParents protectedParents;
    private final int limit;
    private final boolean dryRun;

    private Ladder(Builder builder) {
        this.zreap = builder.zreap;
        this.signals = builder.signals;
        this.scanner = builder.scanner;
        this.steps = List.copyOf(builder.steps);
        this.protectedParents = builder.protectedParents;
        this.limit = builder.limit;
        this.dryRun = builder.dryRun;
    }

    /**
     * Sets up a ladder. It takes its steps in the order in which you add them.
     *
     * @param zreap the client to reap and to verify with
     * @return a builder without steps
     */
    public static Builder builder(Zreap zreap) {
        return new Builder(zreap, Signals.linux(), ZombieScanner.system());
    }

    /** A builder with other signals and processes, for tests. */
    static Builder builder(Zreap zreap, Signals signals, ZombieScanner scanner) {
        return new Builder(zreap, signals, scanner);
    }

    /**
     * Climbs for several zombies, one after the other, up to the limit. It nudges each parent once
     * for all its zombies, and waits once for all of them. If an init or subreaper does not wait
     * for what it got, it gets no further zombie of that parent. After a
     * {@linkplain LadderReport#failure failure}, such as an interrupt, it climbs for no further
     * zombie. An interrupted thread stays marked as interrupted.
     *
     * @param zombies the zombies
     * @return a report for each zombie that it climbed for, in order; only the last may have failed
     */
    public List<LadderReport> climb(Collection<Zombie> zombies) {
        return climb(zombies, report -> {});
    }

    /**
     * Climbs as {@link #climb(Collection)} does.
     *
     * @param zombies the zombies
     * @param listener receives each report before the climb for the next zombie
     * @return the same reports
     */
    public List<LadderReport> climb(Collection<Zombie> zombies, Consumer<LadderReport> listener) {
        List<LadderReport> reports = new ArrayList<>();
        Memory memory = new Memory();
        for (Zombie zombie : zombies) {
            if (reports.size() == limit) {
                break;
            }
            LadderReport report = tryToClimb(zombie, memory);
            reports.add(report);
            listener.accept(report);
            if (report.failure().isPresent()) {
                break;
            }
        }
        return List.copyOf(reports);
    }

    /**
     * Climbs until the zombie is gone, the module says that its parent is stopped, or no step is
     * left.
     *
     * @param zombie the zombie
     * @return what was done
     * @throws ZreapException if a request could not be made
     * @throws ReapInterruptedException if the thread is interrupted while it waits; it stays marked
     *     as interrupted
     */
    public LadderReport climb(Zombie zombie) {
        LadderReport report = tryToClimb(zombie, new Memory());
        if (report.failure().isPresent()) {
            throw report.failure().get();
        }
        return report;
    }

    private LadderReport tryToClimb(Zombie zombie, Memory memory) {
        List<StepOutcome> outcomes = new ArrayList<>();
        try {
            boolean gone = isGone(zombie);
            boolean mayBeWaitedFor = false;
            for (Step step : steps) {
                if (gone || mayBeWaitedFor) {
                    break;
                }
                StepOutcome outcome = takeNow(step, zombie, memory);
                outcomes.add(outcome);
                gone = outcome.gone();
                mayBeWaitedFor = outcome.result().filter(Ladder::mayBeWaitedFor).isPresent();
            }
            return new LadderReport(zombie, outcomes, gone, Optional.empty());
        } catch (ZreapException e) {
            return new LadderReport(zombie, outcomes, false, Optional.of(e));
        }
    }

    private StepOutcome takeNow(Step step, Zombie zombie, Memory memory) {
        return lookAgain(zombie)
                .map(now -> take(step, now, memory))
                .orElseGet(() ->
                        new StepOutcome(step, false, "it is no zombie any more", Optional.empty(), isGone(zombie)));
    }

    /** Whether the parent may still wait for the zombie. */
    private static boolean mayBeWaitedFor(ReapResult result) {
        return result instanceof ReapResult.ParentStopped || result instanceof ReapResult.ParentBusy;
    }

    /**
     * The zombie with its present parent. The kernel also sees a zombie that this process's procfs
     * hides.
     */
    private Optional<Zombie> lookAgain(Zombie zombie) {
        return scanner.find(zombie.pid())
                .filter(now -> isSame(now, zombie))
                .or(() -> zreap.zombies().stream()
                        .filter(now -> isSame(now, zombie))
                        .findAny());
    }

    private static boolean isSame(Zombie now, Zombie zombie) {
        return now.identity().equals(zombie.identity());
    }

    private boolean isGone(Zombie zombie) {
        return zreap.verification().isGone(zombie.identity());
    }

    private StepOutcome take(Step step, Zombie zombie, Memory memory) {
        if (protectedParents.protects(zombie, signals::identify)) {
            return notTaken(step, "its parent " + zombie.parentPid() + " is protected");
        }
        if (step instanceof Step.Nudge nudge) {
            return nudge(nudge, zombie, memory);
        }
        if (step instanceof Step.KillParent kill) {
            return kill(kill, zombie);
        }
        if (step instanceof Step.AdoptByInit adopt) {
            return adopt(adopt, zombie, memory);
        }
        return reap(step, zombie);
    }

    private StepOutcome nudge(Step.Nudge step, Zombie zombie, Memory memory) {
        Optional<ProcessIdentity> parent = signals.identify(zombie.parentPid());
        if (parent.isEmpty()) {
            return notTaken(step, "its parent cannot be seen");
        }
        Long end = memory.nudgedUntil.get(parent.get());
        if (end != null) {
            boolean gone = awaitGone(zombie, end);
            String explanation = "SIGCHLD was sent to " + parent.get() + " before" + (gone ? "; the zombie went" : "");
            return new StepOutcome(step, false, explanation, Optional.empty(), gone);
        }
        long now = System.nanoTime();
        StepOutcome outcome = signal(step, zombie, parent.get(), SIGCHLD, "SIGCHLD", step.patience());
        if (outcome.taken()) {
            memory.nudgedUntil.put(parent.get(), now + nanos(step.patience()));
        }
        return outcome;
    }

    private StepOutcome kill(Step.KillParent step, Zombie zombie) {
        if (step.parent().pid() != zombie.parentPid()) {
            return notTaken(step, "its parent is " + zombie.parentPid() + ", not " + step.parent());
        }
        ReapResult now = zreap.reap(List.of(zombie), ASK_ONLY).get(0);
        if (mayBeWaitedFor(now)) {
            return new StepOutcome(step, false, now.explanation(), Optional.of(now), false);
        }
        return signal(step, zombie, step.parent(), SIGKILL, "SIGKILL", step.patience());
    }

    private StepOutcome reap(Step step, Zombie zombie) {
        if (dryRun) {
            return onlyAsked(step, zreap.reap(List.of(zombie), ASK_ONLY).get(0));
        }
        return asked(step, zreap.reap(zombie), zombie);
    }

    private StepOutcome adopt(Step.AdoptByInit step, Zombie zombie, Memory memory) {
        if (memory.handedOverInVain.contains(zombie.parentPid())) {
            return notTaken(step, "init did not wait for a zombie of " + zombie.parentPid() + " before");
        }
        if (dryRun) {
            AdoptOptions askOnly = AdoptOptions.builder().dryRun(true).build();
            return onlyAsked(step, zreap.adopt(List.of(zombie), askOnly).get(0));
        }
        ReapResult result = zreap.adopt(zombie);
        if (!(result instanceof ReapResult.Adopted)) {
            return asked(step, result, zombie);
        }
        boolean gone = awaitGone(zombie, System.nanoTime() + nanos(step.patience()));
        if (!gone) {
            memory.handedOverInVain.add(zombie.parentPid());
        }
        String explanation = result.explanation() + "; " + stayed(gone, step.patience());
        return new StepOutcome(step, true, explanation, Optional.of(result), gone);
    }

    private StepOutcome asked(Step step, ReapResult result, Zombie zombie) {
        return new StepOutcome(step, true, result.explanation(), Optional.of(result), isGone(zombie));
    }

    private static StepOutcome onlyAsked(Step step, ReapResult result) {
        return new StepOutcome(step, false, "a dry run: " + result.explanation(), Optional.of(result), false);
    }

    private StepOutcome signal(
            Step step, Zombie zombie, ProcessIdentity parent, int signal, String name, Duration patience) {
        if (dryRun) {
            return notTaken(step, "a dry run: " + name + " would go to " + parent);
        }
        Signals.Outcome sent = signals.send(parent, signal);
        if (sent != Signals.Outcome.SENT) {
            return notTaken(
                    step,
                    sent == Signals.Outcome.GONE
                            ? "process " + parent + " is not there any more"
                            : "this process may not send " + name + " to " + parent);
        }
        boolean gone = awaitGone(zombie, System.nanoTime() + nanos(patience));
        String explanation = name + " sent to " + parent + "; " + stayed(gone, patience);
        return new StepOutcome(step, true, explanation, Optional.empty(), gone);
    }

    private static String stayed(boolean gone, Duration patience) {
        return gone ? "the zombie went" : "the zombie stayed for " + patience.toMillis() + " ms";
    }

    private static StepOutcome notTaken(Step step, String why) {
        return new StepOutcome(step, false, why, Optional.empty(), false);
    }

    private static long nanos(Duration patience) {
        return TimeUnit.NANOSECONDS.convert(patience);
    }

    /** Waits up to a time of {@link System#nanoTime}. */
    private boolean awaitGone(Zombie zombie, long end) {
        long pause = FIRST_LOOK.toNanos();
        while (!isGone(zombie)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(Math.min(pause, left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReapInterruptedException(Failure.of(
                                "interrupted while waiting for zombie " + zombie.identity() + " to go",
                                "look again whether it went")
                        .withPid(zombie.pid())
                        .withCause(e));
            }
            pause = Math.min(2 * pause, SLOWEST_LOOK.toNanos());
        }
        return true;
    }

    /** What a climb for several zombies has learned. */
    private static final class Memory {

        /** Parents that got a SIGCHLD, and until when they may wait: a time of {@link System#nanoTime}. */
        private final Map<ProcessIdentity, Long> nudgedUntil = new HashMap<>();

        /** Parents whose zombie init or a subreaper got, and did not wait for. */
        private final Set<Long> handedOverInVain = new HashSet<>();
    }

    /**
     * Sets up a {@link Ladder}.
     *
     * <p>Not thread-safe: only one thread may use it.
     */
    public static final class Builder {

        private final Zreap zreap;
        private final Signals signals;
        private final ZombieScanner scanner;
        private final List<Step> steps = new ArrayList<>();
        private ProtectedParents protectedParents = ProtectedParents.NONE;
        private int limit = Integer.MAX_VALUE;
        private boolean dryRun;

        private Builder(Zreap zreap, Signals signals, ZombieScanner scanner) {
            this.zreap = zreap;
            this.signals = signals;
            this.scanner = scanner;
        }

        /**
         * Adds the step {@link Step.Nudge}.
         *
         * @param patience how long to wait for the zombie to go; zero looks once
         * @return this builder
         */
        public Builder nudge(Duration patience) {
            steps.add(new Step.Nudge(patience));
            return this;
        }

        /**
         * Adds the step {@link Step.Reap}.
         *
         * @return this builder
         */
        public Builder reap() {
            steps.add(new Step.Reap());
            return this;
        }

        /**
         * Adds the step {@link Step.AdoptByInit}.
         *
         * @param patience how long to wait for the zombie to go; zero looks once
         * @return this builder
         */
        public Builder adoptByInit(Duration patience) {
            steps.add(new Step.AdoptByInit(patience));
            return this;
        }

        /**
         * Adds the step {@link Step.KillParent}.
         *
         * @param parent the process to kill; the step does not touch zombies of other parents
         * @param patience how long to wait for the zombie to go; zero looks once
         * @return this builder
         */
        public Builder killParent(ProcessIdentity parent, Duration patience) {
            steps.add(new Step.KillParent(parent, patience));
            return this;
        }

        /**
         * Leaves this process and its zombies alone. You may call this several times.
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
         * Climbs for no more zombies than this in one call.
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
         * Only says what the ladder would do. It asks the kernel module for a dry run of each
         * request.
         *
         * @param only whether to do so; false by default
         * @return this builder
         */
        public Builder dryRun(boolean only) {
            this.dryRun = only;
            return this;
        }

        /**
         * Builds the ladder.
         *
         * @return the ladder
         */
        public Ladder build() {
            return new Ladder(this);
        }
    }
}
