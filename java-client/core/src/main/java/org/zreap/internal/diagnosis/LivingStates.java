// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.internal.diagnosis.EndingInits.EndingInit;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;

/**
 * Tells what a living process is doing.
 *
 * @param proc where to read
 */
public record LivingStates(ProcFs proc) {

    /** The most processes that a text names. */
    private static final int NAMED = 10;

    /**
     * A description of the process.
     *
     * @param state what it is doing
     * @param evidence what shows it
     * @param now what to do about it
     */
    public record Told(String state, List<String> evidence, Optional<String> now) {}

    /** Describes this process. */
    public Told of(ParentFacts process, ProcessTable table) {
        long pid = process.pid();
        if (process.stat().isKernelThread()) {
            return new Told("It is a kernel thread.", List.of("flags of /proc/" + pid + "/stat"), Optional.empty());
        }
        Optional<EndingInit> ending = new EndingInits(proc).of(process.stat());
        if (ending.isPresent()) {
            return ending(ending.get(), table);
        }
        if (process.condition().frozen().isPresent()) {
            return new Told(
                    "It lives, and is frozen.",
                    List.of(process.condition().frozen().get()),
                    Optional.of("thaw it, if it should run"));
        }
        if (process.condition().stopped()) {
            return stopped(process);
        }
        return process.condition().uninterruptible() ? stuck(process) : running(process);
    }

    private Told ending(EndingInit init, ProcessTable table) {
        List<ProcStat> left = new EndingInits(proc).heldUpBy(init, table);
        List<String> evidence = new ArrayList<>(List.of(init.evidence()));
        left.stream()
                .limit(NAMED)
                .forEach(stat -> evidence.add(
                        "still in its PID namespace: " + stat.identity().pid() + " (" + stat.name() + "), state "
                                + stat.state() + ", child of " + stat.parentPid()));
        String zombies = left.stream()
                .filter(ProcStat::isZombie)
                .limit(NAMED)
                .map(stat -> Long.toString(stat.identity().pid()))
                .collect(Collectors.joining(" "));
        return new Told(
                "It is process 1 of a PID namespace and has ended. It goes when no other process of the namespace is"
                        + " left.",
                evidence,
                zombies.isEmpty() ? Optional.empty() : Optional.of("zreap why " + zombies));
    }

    private static Told stopped(ParentFacts process) {
        long pid = process.pid();
        if (process.thread(thread -> thread.state() == 't').isPresent()) {
            return new Told(
                    "It lives, and a tracer has stopped it.",
                    List.of("TracerPid of /proc/" + pid + "/status: "
                            + process.condition().tracer().orElse(0)
                            + process.tracerName()
                                    .map(name -> " (" + name + ")")
                                    .orElse("")),
                    Optional.of("let the tracer continue it, if it should run"));
        }
        return new Told(
                "It lives, and a signal has stopped it.",
                List.of("State of /proc/" + pid + "/status: T (stopped)"),
                Optional.of("kill -CONT " + pid + ", if it should run"));
    }

    private static Told stuck(ParentFacts process) {
        List<String> evidence = process.threads().stream()
                .limit(NAMED)
                .map(ThreadFacts::described)
                .toList();
        Optional<String> wchan = process.condition().wchan();
        if (process.isInVfork()) {
            String children = process.vforkChildren().stream()
                    .map(stat -> stat.identity().pid() + " (" + stat.name() + ")")
                    .collect(Collectors.joining(" or "));
            return new Told(
                    "It lives, and is in vfork: it goes on when " + (children.isEmpty() ? "its new child" : children)
                            + " calls exec or ends.",
                    evidence,
                    Optional.empty());
        }
        boolean isKilled = process.threads().stream().anyMatch(ThreadFacts::isKilled);
        return new Told(
                "It is no zombie: it sleeps uninterruptibly in the kernel (state D)" + Sleeps.hint(wchan)
                        + (isKilled ? ". It was killed, and ends when that sleep does." : "."),
                evidence,
                Optional.of("mend what it sleeps for" + Sleeps.hint(wchan) + "; zreap cannot take a living process"));
    }

    private static Told running(ParentFacts process) {
        List<String> evidence = new ArrayList<>();
        ProgramRuntime runtime = process.program().runtime();
        evidence.add("program: " + process.program().name()
                + (runtime.waitsOnlyForItsOwn() || runtime == ProgramRuntime.PYTHON ? ", " + runtime.label() : ""));
        process.condition().wchan().ifPresent(wchan -> evidence.add("wchan of " + process.pid() + ": " + wchan));
        return new Told("It lives, and is no zombie.", evidence, Optional.empty());
    }
}
