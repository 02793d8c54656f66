// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.zreap.diagnosis.Ancestor;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Headroom;
import org.zreap.diagnosis.LivingProcess;
import org.zreap.diagnosis.Placement;
import org.zreap.json.JsonFields;
import org.zreap.json.JsonLines;

/**
 * Prints a diagnosis for programs: one object for zombies of one parent with one cause. For a
 * living process it prints one object first, then those of its zombies.
 *
 * <p>Not thread-safe: for one command.
 */
final class ExplanationJson implements Explanation {

    private final JsonLines lines;
    private final boolean fromKernel;
    private final Places places;

    ExplanationJson(PrintWriter out, boolean fromKernel, Places places) {
        this.lines = new JsonLines(out);
        this.fromKernel = fromKernel;
        this.places = places;
    }

    @Override
    public void print(Diagnosis diagnosis) {
        lines.print(fields -> write(fields, diagnosis));
    }

    @Override
    public void print(LivingProcess process) {
        lines.print(fields -> {
            fields.text("type", "process");
            fields.object("process", one -> write(one, process.process()));
            fields.text("state", process.state());
            fields.texts("evidence", process.evidence());
            place(fields, "placement", process.placement());
            fields.number(
                    "zombies",
                    process.zombies().stream().mapToInt(d -> d.alike().size()).sum());
            fields.text("now", process.now());
        });
        process.zombies().forEach(this::print);
    }

    private void write(JsonFields fields, Diagnosis diagnosis) throws IOException {
        Finding finding = diagnosis.finding();
        fields.text("type", "zombies");
        fields.objects(
                "zombies",
                diagnosis.alike(),
                (one, zombie) -> ZombieListing.write(one, zombie, zombie.spared(), fromKernel));
        if (diagnosis.endingInit().isPresent()) {
            fields.object("holdsUp", one -> write(one, diagnosis.endingInit().get()));
        }
        fields.word("kind", finding.kind());
        fields.flag("certain", finding.isCertain());
        fields.text("cause", finding.cause());
        fields.texts("evidence", finding.evidence());
        fields.objects("alternatives", finding.alternatives(), (one, alternative) -> {
            one.text("cause", alternative.cause());
            one.text("decidedBy", alternative.decidedBy());
        });
        fields.objects("fixes", finding.fixes(), (one, fix) -> {
            one.text("audience", fix.audience().label());
            one.text("text", fix.text());
        });
        fields.text("ifReaped", finding.effectOfForcedReap());
        fields.objects("parents", diagnosis.ancestry(), ExplanationJson::write);
        place(fields, "placement", diagnosis.placement());
        place(fields, "parentPlacement", diagnosis.parentPlacement());
        fields.number("siblings", diagnosis.siblings().count());
        fields.object("room", one -> write(one, diagnosis.headroom()));
        fields.object("now", one -> {
            one.word("action", finding.now().action());
            one.text("text", finding.now().text());
        });
    }

    private static void write(JsonFields fields, Ancestor process) throws IOException {
        fields.number("pid", process.identity().pid());
        fields.number("start", process.identity().startTicks());
        fields.text("name", process.name());
        fields.number("uid", process.uid());
        fields.text("user", process.user());
    }

    private void place(JsonFields fields, String name, Optional<Placement> place) throws IOException {
        if (place.isPresent()) {
            fields.object(name, one -> {
                one.text("cgroup", place.get().cgroup());
                one.text("unit", place.get().unit());
                one.objects("containers", place.get().containers(), this::write);
            });
        }
    }

    private void write(JsonFields fields, Container container) throws IOException {
        fields.text("engine", container.engine().label());
        fields.text("id", container.id());
        places.writeNames(fields, container, "name");
        fields.text("podUid", container.podUid());
    }

    private static void write(JsonFields fields, Headroom room) throws IOException {
        fields.text("cgroup", room.cgroup());
        fields.number("cgroupCurrent", room.cgroupCurrent());
        fields.number("cgroupMax", room.cgroupMax());
        fields.number("userCurrent", room.userCurrent());
        fields.number("userMax", room.userMax());
        fields.number("pidMax", room.pidMax());
    }
}
