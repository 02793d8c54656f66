// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.util.Optional;

/**
 * What became of one target of a request: one record for each result that the kernel module can give, grouped as
 * {@link Done}, {@link Gone}, {@link Refused} and {@link Failed}, and {@link Unknown} for what a newer module may add.
 *
 * <p>Immutable and so thread-safe. Its text form is a line for people.
 */
public sealed interface ReapResult {

    /**
     * What the kernel said of the process.
     *
     * @return the facts
     */
    ProcessFacts process();

    /**
     * The result as {@code /proc/zreap} names it.
     *
     * @return one word
     */
    String word();

    /**
     * The result for people.
     *
     * @return what happened, or why nothing did
     */
    String explanation();

    private static String adopter(ProcessFacts process, String ifHidden) {
        return process.adopter().isPresent() ? "process " + process.adopter().getAsLong() : ifHidden;
    }

    private static String ended(ProcessFacts process) {
        return process.status().map(status -> ", " + status).orElse("");
    }

    /** What was asked for has been done, or in a dry run would have been. */
    sealed interface Done extends ReapResult {}

    /** Nothing was done, and the process is as it was. */
    sealed interface Refused extends ReapResult {}

    /**
     * It was a zombie and has been reaped.
     *
     * @param process what the kernel said of it
     * @param status how it had ended
     * @param rusage what it had used up, if the kernel said
     */
    record Reaped(ProcessFacts process, ExitStatus status, Optional<Rusage> rusage) implements Done {
        @Override
        public String word() {
            return "reaped";
        }

        @Override
        public String explanation() {
            return "reaped, " + status;
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * It was a zombie and has been released.
     *
     * @param process what the kernel said of it
     * @param status how it had ended
     * @param rusage what it had used up, if the kernel said
     */
    record Released(ProcessFacts process, ExitStatus status, Optional<Rusage> rusage) implements Done {
        @Override
        public String word() {
            return "released";
        }

        @Override
        public String explanation() {
            return "released, " + status;
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * It was a zombie and has got another parent.
     *
     * @param process what the kernel said of it
     */
    record Adopted(ProcessFacts process) implements Done {
        @Override
        public String word() {
            return "adopted";
        }

        @Override
        public String explanation() {
            return "handed to " + adopter(process, "another parent") + ended(process);
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * A dry run: it would have been reaped.
     *
     * @param process what the kernel said of it
     */
    record WouldReap(ProcessFacts process) implements Done {
        @Override
        public String word() {
            return "would-reap";
        }

        @Override
        public String explanation() {
            return "would be reaped";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * A dry run: it would have been given another parent.
     *
     * @param process what the kernel said of it
     */
    record WouldAdopt(ProcessFacts process) implements Done {
        @Override
        public String word() {
            return "would-adopt";
        }

        @Override
        public String explanation() {
            return "would be handed to " + adopter(process, "another parent");
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * A dry run: it would have been released.
     *
     * @param process what the kernel said of it
     */
    record WouldRelease(ProcessFacts process) implements Done {
        @Override
        public String word() {
            return "would-release";
        }

        @Override
        public String explanation() {
            return "would be released";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * There is no such process, or somebody else has just taken it.
     *
     * @param process what the kernel said of it
     */
    record Gone(ProcessFacts process) implements ReapResult {
        @Override
        public String word() {
            return "gone";
        }

        @Override
        public String explanation() {
            return "no such process, or somebody else has taken it";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * The number is that of a thread, not of a process.
     *
     * @param process what the kernel said of it
     */
    record ThreadId(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "thread";
        }

        @Override
        public String explanation() {
            return "that is the number of a thread, not of a process";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * Another process has the PID now: the start time differs.
     *
     * @param process what the kernel said of it
     */
    record Reused(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "reused";
        }

        @Override
        public String explanation() {
            return "the PID belongs to another process now";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * The caller may not touch it.
     *
     * @param process what the kernel said of it
     */
    record Denied(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "denied";
        }

        @Override
        public String explanation() {
            return "outside of what the caller may touch";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * It is no zombie.
     *
     * @param process what the kernel said of it
     */
    record Alive(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "alive";
        }

        @Override
        public String explanation() {
            return "it is alive";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * Its leader is dead, but other threads of it live; see {@link ProcessFacts#livingThreads}.
     *
     * @param process what the kernel said of it
     */
    record Threads(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "threads";
        }

        @Override
        public String explanation() {
            return process.livingThreads().isPresent()
                    ? process.livingThreads().getAsInt() + " threads of it live, so it is no zombie yet"
                    : "threads of it live, so it is no zombie yet";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * Its tracer is handing it over at this moment: ask again.
     *
     * @param process what the kernel said of it
     */
    record Busy(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "busy";
        }

        @Override
        public String explanation() {
            return "its tracer is handing it over; ask again";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * A tracer holds it; see {@link ProcessFacts#tracer}.
     *
     * @param process what the kernel said of it
     */
    record Traced(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "traced";
        }

        @Override
        public String explanation() {
            return (process.tracer().isPresent() ? "tracer " + process.tracer().getAsLong() : "a tracer") + " holds it";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * It is a child of a kernel thread.
     *
     * @param process what the kernel said of it
     */
    record KernelChild(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "kernel-child";
        }

        @Override
        public String explanation() {
            return "it is a child of a kernel thread";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * Its parent cannot run now: it is stopped, traced or frozen. It may wait for its child when it goes on.
     * {@link ReapOptions.Builder#force} takes the zombie all the same.
     *
     * @param process what the kernel said of it
     */
    record ParentStopped(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "parent-stopped";
        }

        @Override
        public String explanation() {
            return ZombieState.PARENT_STOPPED.explanation();
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * Its parent is in an uninterruptible sleep (in vfork, for example), or has not been told yet. It may wait for its child
     * in a moment. Only a request that spares such parents gives this, as a {@linkplain Zreap#reapAll sweep} does.
     *
     * @param process what the kernel said of it
     */
    record ParentBusy(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "parent-busy";
        }

        @Override
        public String explanation() {
            return ZombieState.PARENT_BUSY.explanation();
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * It has been a zombie for less than the minimum age asked for.
     *
     * @param process what the kernel said of it
     */
    record Young(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "young";
        }

        @Override
        public String explanation() {
            return "a zombie for less than the minimum age";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * The process that was to adopt it is not there.
     *
     * @param process what the kernel said of it
     */
    record NoAdopter(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "no-adopter";
        }

        @Override
        public String explanation() {
            return "the process that was to adopt it is not there";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * The process that was to adopt it is on its way out.
     *
     * @param process what the kernel said of it
     */
    record AdopterExiting(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "adopter-exiting";
        }

        @Override
        public String explanation() {
            return adopter(process, "the adopter") + " is exiting";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * The process that was to adopt it cannot see its PID namespace.
     *
     * @param process what the kernel said of it
     */
    record AdopterBlind(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "adopter-blind";
        }

        @Override
        public String explanation() {
            return adopter(process, "the adopter") + " cannot see the zombie's PID namespace";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * The process that was to adopt it is its parent already.
     *
     * @param process what the kernel said of it
     */
    record OwnChild(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "own-child";
        }

        @Override
        public String explanation() {
            return adopter(process, "the adopter") + " is its parent already";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * The process that was to adopt it would never wait for it, or would die of the signal.
     *
     * @param process what the kernel said of it
     */
    record Deaf(ProcessFacts process) implements Refused {
        @Override
        public String word() {
            return "deaf";
        }

        @Override
        public String explanation() {
            return adopter(process, "the adopter") + " would not wait for it, or would die of the signal";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * The kernel did not do what it always does; its log says what.
     *
     * @param process what the kernel said of it
     */
    record Failed(ProcessFacts process) implements ReapResult {
        @Override
        public String word() {
            return "failed";
        }

        @Override
        public String explanation() {
            return "the kernel failed to; see its log";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }

    /**
     * A result that a newer kernel module gives and that is not known here.
     *
     * @param process what the kernel said of it
     * @param word the result as the module named it
     * @param errno what the module said the matter is, 0 for success
     */
    record Unknown(ProcessFacts process, String word, int errno) implements ReapResult {
        @Override
        public String explanation() {
            return word + (errno == 0 ? "" : ", errno " + errno) + " (not known to this version of the library)";
        }

        @Override
        public String toString() {
            return process + ": " + explanation();
        }
    }
}
