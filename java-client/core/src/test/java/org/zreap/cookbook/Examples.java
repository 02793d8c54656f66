// SPDX-License-Identifier: Apache-2.0
package org.zreap.cookbook;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.zreap.AdoptOptions;
import org.zreap.Availability;
import org.zreap.ExitStatus;
import org.zreap.ProcessIdentity;
import org.zreap.ReapOptions;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.Request;
import org.zreap.SweepOptions;
import org.zreap.Target;
import org.zreap.Transport;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.adopt.AdoptingReaper;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.Finding;
import org.zreap.event.EventListener;
import org.zreap.event.EventSubscription;
import org.zreap.event.ResultEvent;
import org.zreap.remedy.Ladder;
import org.zreap.remedy.LadderReport;

/** Methods to copy. */
final class Examples {

    private Examples() {}

    static String reapOne(long pid) {
        try (Zreap zreap = Zreap.open()) {
            ReapResult result = zreap.reap(Target.ofPid(pid));
            if (result instanceof ReapResult.Reaped reaped) {
                return "it " + reaped.status();
            }
            if (result instanceof ReapResult.Gone) {
                return "there is nothing to do";
            }
            return "it stays: " + result.explanation();
        }
    }

    static Optional<ProcessIdentity> childOf(Process started) {
        return ProcessIdentity.of(started.toHandle());
    }

    static ReapReport sweep(Duration minAge, long precious) {
        SweepOptions options = SweepOptions.builder()
                .minAge(minAge)
                .protectParent(precious)
                .limit(1000)
                .timeout(Duration.ofSeconds(30))
                .build();
        try (Zreap zreap = Zreap.open()) {
            return zreap.sweep(options);
        }
    }

    static List<ReapResult> reapThoughTheParentIsStopped(List<Zombie> zombies) {
        ReapOptions force = ReapOptions.builder().force(true).build();
        try (Zreap zreap = Zreap.open()) {
            return zreap.reap(zombies, force);
        }
    }

    static List<String> whatWouldHappen(List<Zombie> zombies) {
        ReapOptions dryRun = ReapOptions.builder().dryRun(true).build();
        try (Zreap zreap = Zreap.open()) {
            return zreap.reap(zombies, dryRun).stream()
                    .map(ReapResult::toString)
                    .toList();
        }
    }

    static void explain(long pid, PrintStream out) {
        Zombie zombie = ZombieScanner.system().find(pid).orElseThrow();
        Finding finding = Diagnoser.system().diagnose(zombie).finding();
        out.println(finding.cause());
        finding.evidence().forEach(seen -> out.println("  seen: " + seen));
        finding.alternatives().forEach(other -> out.println("  perhaps: " + other.cause()));
        finding.fixes().forEach(fix -> out.println("  " + fix.audience() + ": " + fix.text()));
        finding.effectOfForcedReap().ifPresent(effect -> out.println("  if it is reaped: " + effect));
        out.println("  now: " + finding.now().text());
    }

    static LadderReport gently(Zreap zreap, Zombie zombie) {
        return Ladder.builder(zreap)
                .nudge(Duration.ofSeconds(2))
                .adoptByInit(Duration.ofSeconds(2))
                .reap()
                .build()
                .climb(zombie);
    }

    static void inTheBackground(Zreap zreap, Consumer<ReapReport> done, Consumer<Throwable> failed) {
        zreap.sendAsync(Request.sweep(SweepOptions.defaults())).whenComplete((report, failure) -> {
            if (failure == null) {
                done.accept(report);
            } else {
                failed.accept(failure);
            }
        });
    }

    static int check(int warning, int critical, PrintStream out) {
        int zombies = ZombieScanner.system().scan().size();
        String state = zombies >= critical ? "CRITICAL" : zombies >= warning ? "WARNING" : "OK";
        out.println("ZOMBIES " + state + " - " + zombies + " zombies | zombies=" + zombies + ";" + warning + ";"
                + critical);
        return List.of("OK", "WARNING", "CRITICAL").indexOf(state);
    }

    static String canIReap() {
        Availability availability = Zreap.availability();
        if (availability instanceof Availability.Unavailable no) {
            return no.reason() + ": " + no.cause().getMessage();
        }
        return "yes";
    }

    static List<String> handToInit(List<Zombie> zombies) {
        try (Zreap zreap = Zreap.open()) {
            return zreap.adopt(zombies, AdoptOptions.defaults()).stream()
                    .map(ReapResult::toString)
                    .toList();
        }
    }

    static ExitStatus adoptHere(Zombie zombie) throws ExecutionException, InterruptedException {
        try (AdoptingReaper reaper = AdoptingReaper.open()) {
            return reaper.adopt(zombie).get().status();
        }
    }

    static EventSubscription listen(PrintStream out) {
        return EventSubscription.open(new EventListener() {
            @Override
            public void onResult(ResultEvent event) {
                out.println(event.time() + " " + event.verb() + " " + event.result());
            }

            @Override
            public void onLost() {
                out.println("some results were lost: see /proc/zreap_recent");
            }

            @Override
            public void onEnd(ZreapException cause) {
                out.println(cause.getMessage());
            }
        });
    }

    static Optional<ExitStatus> statusOf(ProcessIdentity process) {
        try (Zreap zreap = Zreap.open()) {
            return zreap.recent().stream()
                    .map(event -> event.result().process())
                    .filter(facts -> facts.identity().equals(Optional.of(process)))
                    .flatMap(facts -> facts.status().stream())
                    .findFirst();
        }
    }

    static List<Zombie> byNetlink() {
        try (Zreap zreap = Zreap.open(Transport.NETLINK)) {
            return zreap.zombies();
        }
    }
}
