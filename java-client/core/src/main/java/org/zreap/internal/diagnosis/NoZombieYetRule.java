// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Finding.Kind;
import org.zreap.diagnosis.NextStep.Action;

/** The main thread has ended. Other threads live. */
final class NoZombieYetRule implements Rule {

    /** The most threads that a text names. */
    private static final int NAMED = 5;

    @Override
    public Optional<Finding> find(Situation situation) {
        if (situation.zombie().livingThreads() == 0) {
            return Optional.empty();
        }
        List<ThreadFacts> threads = situation.own().livingThreads();
        Optional<ThreadFacts> stuck =
                threads.stream().filter(thread -> thread.state() == 'D').findFirst();
        return Optional.of(
                stuck.isPresent() && stuck.get().isKilled()
                        ? killed(situation, threads, stuck.get())
                        : running(situation, threads, stuck));
    }

    private static Finding killed(Situation situation, List<ThreadFacts> threads, ThreadFacts stuck) {
        String place = stuck.wchan().map(name -> " in " + name).orElse("");
        return described(
                        Draft.of(
                                Kind.THREAD_STUCK,
                                "It was told to end, but its thread " + stuck.tid()
                                        + " sleeps uninterruptibly in the kernel" + place
                                        + ". It becomes a zombie, or goes, when that sleep ends."),
                        situation,
                        threads)
                .operator("mend what the thread sleeps for" + Sleeps.hint(stuck.wchan()))
                .now(
                        Action.LEAVE,
                        "do not reap: it is no zombie before thread " + stuck.tid()
                                + " wakes up; no signal can end that sleep");
    }

    private static Finding running(Situation situation, List<ThreadFacts> threads, Optional<ThreadFacts> stuck) {
        Draft draft = described(
                Draft.of(
                        Kind.THREADS_LIVE,
                        "Its main thread has ended while other threads of it live, so it is no zombie yet."),
                situation,
                threads);
        stuck.ifPresent(thread -> draft.unless(
                "thread " + thread.tid() + " is stuck in the kernel", "whether it is still in state D in a minute"));
        return draft.author("let main end by exit, or join the other threads before pthread_exit")
                .now(
                        Action.ACT_ELSEWHERE,
                        "do not reap: threads of it are at work; to end them: kill " + situation.pid());
    }

    private static Draft described(Draft draft, Situation situation, List<ThreadFacts> threads) {
        draft.seen("Threads of /proc/" + situation.pid() + "/status: "
                + situation.zombie().livingThreads() + " besides the main one");
        threads.stream().limit(NAMED).forEach(thread -> draft.seen(thread.described()));
        return draft;
    }
}
