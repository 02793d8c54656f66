// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.util.List;
import org.zreap.Zombie;
import org.zreap.ZreapException;
import org.zreap.json.JsonLines;
import org.zreap.remedy.LadderReport;
import org.zreap.remedy.Step;
import org.zreap.remedy.StepOutcome;

/** How {@code zreap fix} prints what it did for a zombie. */
interface FixReport {

    /** Prints it at once, because the next zombie may take long. */
    void print(LadderReport report);

    /** A line for each step, for people. */
    static FixReport text(PrintWriter out) {
        return report -> {
            Zombie zombie = report.zombie();
            String name = zombie.identity() + " (" + zombie.name() + "): ";
            for (StepOutcome outcome : report.outcomes()) {
                out.println(name + word(outcome.step()) + ": " + outcome.explanation());
            }
            if (report.failure().isEmpty()) {
                out.println(name + (report.gone() ? "gone" : "still there"));
            }
            out.flush();
        };
    }

    /** An object for each zombie, for programs. */
    static FixReport json(PrintWriter out) {
        return report -> {
            new JsonLines(out).print(fields -> {
                Zombie zombie = report.zombie();
                fields.text("type", "zombie");
                fields.number("pid", zombie.pid());
                fields.number("start", zombie.identity().startTicks());
                fields.text("name", zombie.name());
                fields.number("parentPid", zombie.parentPid());
                fields.objects("steps", report.outcomes(), (one, outcome) -> {
                    one.text("step", word(outcome.step()));
                    one.flag("taken", outcome.taken());
                    one.text("explanation", outcome.explanation());
                });
                fields.flag("gone", report.gone());
                fields.text("failure", report.failure().map(ZreapException::getMessage));
            });
            out.flush();
        };
    }

    /** The last line, for people: hundreds of zombies have more lines than a screen. */
    static String sum(List<LadderReport> reports) {
        long gone = reports.stream().filter(LadderReport::gone).count();
        return gone + " of " + reports.size() + " zombies are gone";
    }

    private static String word(Step step) {
        if (step instanceof Step.Nudge) {
            return "nudge";
        }
        if (step instanceof Step.AdoptByInit) {
            return "adopt";
        }
        return step instanceof Step.Reap ? "reap" : "kill-parent";
    }
}
