// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.internal.ResultParts;

/**
 * The result for one target of a request. Each result of the kernel module has a class of its own.
 * The groups are {@link Done}, {@link Gone}, {@link Refused} and {@link Failed}. {@link Unknown}
 * stands for results that a newer module may add. The type is sealed: test the class of a result by
 * {@code instanceof}, or switch over it (Java 21).
 *
 * <p>Immutable and so thread-safe. Two of them are equal if all their values are equal.
 */
public abstract sealed class ReapResult
        permits ReapResult.Done, ReapResult.Gone, ReapResult.Refused, ReapResult.Failed, ReapResult.Unknown {

    static {
        ResultParts.CONSTRUCTOR.grant(ResultWords::resultOf);
    }

    private final String word;
    private final ProcessFacts process;
    private final String explanation;

    private ReapResult(String word, ProcessFacts process, String explanation) {
        this.word = word;
        this.process = process;
        this.explanation = explanation;
    }

    /**
     * The kernel's facts about the process.
     *
     * @return the facts
     */
    public final ProcessFacts process() {
        return process;
    }

    /**
     * The result as {@code /proc/zreap} names it.
     *
     * @return one word
     */
    public final String word() {
        return word;
    }

    /**
     * The result for people.
     *
     * @return what happened, or why nothing did
     */
    public final String explanation() {
        return explanation;
    }

    @Override
    public final boolean equals(Object o) {
        return o instanceof ReapResult other
                && word.equals(other.word)
                && process.equals(other.process)
                && explanation.equals(other.explanation);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(word, process);
    }

    /** A line for people. */
    @Override
    public final String toString() {
        return process + ": " + explanation;
    }

    private static String adopter(ProcessFacts process, String ifHidden) {
        return process.adopter().isPresent() ? "process " + process.adopter().getAsLong() : ifHidden;
    }

    private static String tracer(ProcessFacts process) {
        return process.tracer().isPresent() ? "tracer " + process.tracer().getAsLong() : "a tracer";
    }

    private static String livingThreads(ProcessFacts process) {
        return process.livingThreads().isPresent() ? process.livingThreads().getAsInt() + " threads" : "threads";
    }

    private static String ended(ProcessFacts process) {
        return process.status().map(status -> ", " + status).orElse("");
    }

    private static ExitStatus requiredStatus(ProcessFacts process) {
        return process.status()
                .orElseThrow(() -> new IllegalArgumentException("the result of " + process.pid() + " has no status"));
    }

    /** The request did what the caller asked for; a dry run would have. */
    public abstract static sealed class Done extends ReapResult
            permits Removed, Adopted, WouldReap, WouldAdopt, WouldRelease {
        private Done(String word, ProcessFacts process, String explanation) {
            super(word, process, explanation);
        }
    }

    /** It was a zombie and is gone. */
    public abstract static sealed class Removed extends Done permits Reaped, Released {
        private Removed(String word, ProcessFacts process) {
            super(word, process, word + ", " + requiredStatus(process));
        }

        /**
         * How it had ended.
         *
         * @return the exit code or the signal
         */
        public final ExitStatus status() {
            return requiredStatus(process());
        }

        /**
         * The resources that it had used.
         *
         * @return empty if the kernel did not say
         */
        public final Optional<Rusage> rusage() {
            return process().rusage();
        }
    }

    /** Nothing was done, and the process is as it was. */
    public abstract static sealed class Refused extends ReapResult
            permits ThreadId,
                    Reused,
                    Denied,
                    Alive,
                    Threads,
                    Busy,
                    Traced,
                    KernelChild,
                    ParentStopped,
                    ParentBusy,
                    Young,
                    NoAdopter,
                    AdopterExiting,
                    AdopterBlind,
                    OwnChild,
                    Deaf {
        private Refused(String word, ProcessFacts process, String explanation) {
            super(word, process, explanation);
        }
    }

    /** It was a zombie and has been reaped. */
    public static final class Reaped extends Removed {
        Reaped(String word, ProcessFacts process) {
            super(word, process);
        }
    }

    /** It was a zombie and has been released. */
    public static final class Released extends Removed {
        Released(String word, ProcessFacts process) {
            super(word, process);
        }
    }

    /** It was a zombie and has got another parent. */
    public static final class Adopted extends Done {
        Adopted(String word, ProcessFacts process) {
            super(word, process, "handed to " + adopter(process, "another parent") + ended(process));
        }
    }

    /** A dry run: it would have been reaped. */
    public static final class WouldReap extends Done {
        WouldReap(String word, ProcessFacts process) {
            super(word, process, "would be reaped");
        }
    }

    /** A dry run: it would have been given another parent. */
    public static final class WouldAdopt extends Done {
        WouldAdopt(String word, ProcessFacts process) {
            super(word, process, "would be handed to " + adopter(process, "another parent"));
        }
    }

    /** A dry run: it would have been released. */
    public static final class WouldRelease extends Done {
        WouldRelease(String word, ProcessFacts process) {
            super(word, process, "would be released");
        }
    }

    /** There is no such process, or another process has just reaped it. */
    public static final class Gone extends ReapResult {
        Gone(String word, ProcessFacts process) {
            super(word, process, "no such process, or somebody else has taken it");
        }
    }

    /** The number is that of a thread, not of a process. */
    public static final class ThreadId extends Refused {
        ThreadId(String word, ProcessFacts process) {
            super(word, process, "that is the number of a thread, not of a process");
        }
    }

    /** Another process has the PID now: the start time differs. */
    public static final class Reused extends Refused {
        Reused(String word, ProcessFacts process) {
            super(word, process, "the PID belongs to another process now");
        }
    }

    /**
     * The caller may not touch it, its parent, or its adopter. Only a caller in another PID
     * namespace than the initial one, such as a container, gets this result.
     */
    public static final class Denied extends Refused {
        Denied(String word, ProcessFacts process) {
            super(word, process, obstacle(process) + "; ask on the host, by its PID there");
        }

        private static String obstacle(ProcessFacts process) {
            return process.parentPid().equals(OptionalLong.of(0))
                    ? "its parent is outside of this PID namespace, so nothing in here may touch it"
                    : ZombieState.DENIED.explanation();
        }
    }

    /** It is no zombie. */
    public static final class Alive extends Refused {
        Alive(String word, ProcessFacts process) {
            super(word, process, "it is alive");
        }
    }

    /** Its leader is dead, but other threads of it live; see {@link ProcessFacts#livingThreads}. */
    public static final class Threads extends Refused {
        Threads(String word, ProcessFacts process) {
            super(word, process, livingThreads(process) + " of it live, so it is no zombie yet");
        }
    }

    /** Its tracer is handing it over now: ask again. */
    public static final class Busy extends Refused {
        Busy(String word, ProcessFacts process) {
            super(word, process, "its tracer is handing it over; ask again");
        }
    }

    /** A tracer holds it; see {@link ProcessFacts#tracer}. */
    public static final class Traced extends Refused {
        Traced(String word, ProcessFacts process) {
            super(word, process, tracer(process) + " holds it");
        }
    }

    /** It is a child of a kernel thread. */
    public static final class KernelChild extends Refused {
        KernelChild(String word, ProcessFacts process) {
            super(word, process, "it is a child of a kernel thread");
        }
    }

    /**
     * Its parent cannot run now: it is stopped, traced or frozen. It may wait for its child when it
     * goes on. With {@link ReapOptions.Builder#force} a request takes the zombie anyway.
     */
    public static final class ParentStopped extends Refused {
        ParentStopped(String word, ProcessFacts process) {
            super(word, process, ZombieState.PARENT_STOPPED.explanation());
        }
    }

    /**
     * Its parent is in an uninterruptible sleep (in vfork, for example), or has not been told yet.
     * It may wait for its child soon. Only a request that spares such parents gives this result,
     * such as a {@linkplain Zreap#sweep sweep}.
     */
    public static final class ParentBusy extends Refused {
        ParentBusy(String word, ProcessFacts process) {
            super(word, process, ZombieState.PARENT_BUSY.explanation());
        }
    }

    /** It has been a zombie for less than the request's minimum age. */
    public static final class Young extends Refused {
        Young(String word, ProcessFacts process) {
            super(word, process, "a zombie for less than the minimum age");
        }
    }

    /** The adopter that the request names is not there. */
    public static final class NoAdopter extends Refused {
        NoAdopter(String word, ProcessFacts process) {
            super(word, process, "the process that was to adopt it is not there");
        }
    }

    /** The adopter is ending. */
    public static final class AdopterExiting extends Refused {
        AdopterExiting(String word, ProcessFacts process) {
            super(word, process, adopter(process, "the adopter") + " is exiting");
        }
    }

    /** The adopter cannot see the zombie's PID namespace. */
    public static final class AdopterBlind extends Refused {
        AdopterBlind(String word, ProcessFacts process) {
            super(word, process, adopter(process, "the adopter") + " cannot see the zombie's PID namespace");
        }
    }

    /** The adopter is its parent already. */
    public static final class OwnChild extends Refused {
        OwnChild(String word, ProcessFacts process) {
            super(word, process, adopter(process, "the adopter") + " is its parent already");
        }
    }

    /** The adopter would never wait for it, or would die of the signal. */
    public static final class Deaf extends Refused {
        Deaf(String word, ProcessFacts process) {
            super(
                    word,
                    process,
                    adopter(process, "the adopter") + " would not wait for it, or would die of the signal");
        }
    }

    /**
     * The kernel behaved in a way that the module does not expect. The kernel log has the details.
     */
    public static final class Failed extends ReapResult {
        Failed(String word, ProcessFacts process) {
            super(word, process, "the kernel failed to; see its log");
        }
    }

    /** A result of a newer kernel module that this library does not know. */
    public static final class Unknown extends ReapResult {

        private final int errno;

        Unknown(String word, ProcessFacts process, int errno) {
            super(
                    word,
                    process,
                    word + (errno == 0 ? "" : ", errno " + errno) + " (not known to this version of the library)");
            this.errno = errno;
        }

        /**
         * The reason that the module gave.
         *
         * @return an errno, 0 for success
         */
        public int errno() {
            return errno;
        }
    }
}
