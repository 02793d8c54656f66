// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.zreap.CommandName;
import org.zreap.Zombie;
import org.zreap.diagnosis.Alternative;
import org.zreap.diagnosis.Ancestor;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Fix;
import org.zreap.diagnosis.Headroom;
import org.zreap.diagnosis.LivingProcess;
import org.zreap.diagnosis.Placement;

/**
 * Prints a diagnosis, one fact a line. A word before each fact says what it is. A blank line stands
 * between processes.
 *
 * <p>Not thread-safe: for one command.
 */
final class ExplanationText implements Explanation {

    /** The most zombies that it names; it only counts the others. */
    private static final int NAMED = 5;

    private static final String OUTSIDE = "; this cgroup is outside of the cgroup namespace of zreap: to see its place"
            + " and its limits, start zreap's container with --cgroupns=host, or mount the host's /sys/fs/cgroup there"
            + " read-only";

    private final PrintWriter out;
    private final Places places;
    private boolean isFirst = true;

    ExplanationText(PrintWriter out, Places places) {
        this.out = out;
        this.places = places;
    }

    /** Its last line says what to do now. */
    @Override
    public void print(Diagnosis diagnosis) {
        begin();
        body(diagnosis);
    }

    @Override
    public void print(LivingProcess process) {
        begin();
        line("process", process.process().identity() + " (" + process.process().name() + ")");
        line("state", process.state());
        process.evidence().forEach(seen -> line("seen", seen));
        process.placement().ifPresent(place -> line("place", text(place)));
        if (process.zombies().isEmpty()) {
            line("now", process.now().orElse("nothing: it is no zombie and has none"));
            return;
        }
        process.now().ifPresent(now -> line("first", now));
        for (Diagnosis diagnosis : process.zombies()) {
            out.println();
            body(diagnosis);
        }
    }

    private void begin() {
        if (!isFirst) {
            out.println();
        }
        isFirst = false;
    }

    private void body(Diagnosis diagnosis) {
        Finding finding = diagnosis.finding();
        Zombie zombie = diagnosis.zombie();
        if (diagnosis.alike().size() > 1) {
            line("zombies", crowd(diagnosis.alike()));
        } else {
            line(
                    "zombie",
                    zombie.identity() + " (" + zombie.name() + "), " + Cells.of(zombie.status()) + ", age "
                            + Cells.age(zombie.age()));
        }
        diagnosis
                .endingInit()
                .ifPresent(init -> line(
                        "holds up",
                        "the end of its container: process 1 of it, " + text(init) + ", waits for this zombie"));
        line("cause", finding.cause());
        finding.evidence().forEach(seen -> line("seen", seen));
        for (Alternative alternative : finding.alternatives()) {
            line("perhaps", alternative.cause() + "; this decides: " + alternative.decidedBy());
        }
        for (Fix fix : finding.fixes()) {
            line("fix", fix.audience().label() + ": " + fix.text());
        }
        finding.effectOfForcedReap().ifPresent(effect -> line("if reaped", effect));
        line(
                "parents",
                diagnosis.ancestry().isEmpty()
                        ? "not seen from here"
                        : diagnosis.ancestry().stream()
                                .map(ExplanationText::text)
                                .collect(Collectors.joining(", ")));
        diagnosis.placement().ifPresent(place -> line("place", text(place)));
        diagnosis.parentPlacement().ifPresent(place -> line("parent's", text(place)));
        line("siblings", siblings(diagnosis.siblings().count()));
        line("room", text(diagnosis.headroom()));
        line("now", finding.now().text());
    }

    private void line(String word, String text) {
        out.printf("%-11s %s%n", word, text);
    }

    private static String siblings(int count) {
        return count == 1 ? "1 zombie of that parent" : count + " zombies of that parent";
    }

    private static String crowd(List<Zombie> alike) {
        String named = alike.stream()
                .limit(NAMED)
                .map(zombie -> zombie.identity() + " (" + zombie.name() + ")")
                .collect(Collectors.joining(", "));
        return alike.size() + " alike: " + named
                + (alike.size() > NAMED ? " and " + (alike.size() - NAMED) + " others" : "");
    }

    private static String text(Ancestor ancestor) {
        return ancestor.identity() + " (" + ancestor.name() + ")";
    }

    /** A process that may create a cgroup may give it any name. */
    private String text(Placement placement) {
        String containers =
                placement.containers().stream().map(places::describe).collect(Collectors.joining(", in "));
        String text = placement.cgroup()
                + placement.unit().map(unit -> ", unit " + unit).orElse("")
                + (containers.isEmpty() ? "" : ", " + containers);
        return CommandName.of(text) + (placement.cgroup().startsWith("/..") ? OUTSIDE : "");
    }

    private static String text(Headroom room) {
        List<String> limits = new ArrayList<>();
        if (room.cgroupCurrent().isPresent()) {
            limits.add(of(room.cgroupCurrent(), room.cgroupMax()) + " tasks in the cgroup"
                    + room.cgroup().map(path -> " " + CommandName.of(path)).orElse(""));
        }
        if (room.userMax().isPresent()) {
            limits.add(of(room.userCurrent(), room.userMax()) + " for the parent's user");
        }
        limits.add("PIDs up to " + Cells.of(room.pidMax()));
        return String.join("; ", limits);
    }

    /** Without a maximum there is no limit. */
    private static String of(OptionalLong current, OptionalLong max) {
        return Cells.of(current) + (max.isPresent() ? " of " + max.getAsLong() : "");
    }
}
