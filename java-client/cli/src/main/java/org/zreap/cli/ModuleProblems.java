// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.zreap.Availability;
import org.zreap.Transport;
import org.zreap.ZreapException;
import org.zreap.module.ModuleCheck;
import org.zreap.module.ModuleProblem;

/** The problems that {@code zreap doctor} has found, each with its remedy. */
final class ModuleProblems {

    private final List<ModuleProblem> found;
    private final BiFunction<Transport, ZreapException, Optional<ModuleProblem>> accessCheck;

    ModuleProblems(
            List<ModuleProblem> ofModule, BiFunction<Transport, ZreapException, Optional<ModuleProblem>> accessCheck) {
        this.found = new ArrayList<>(ofModule);
        this.accessCheck = accessCheck;
    }

    /** The problems that a check finds. */
    static ModuleProblems of(ModuleCheck check) {
        try {
            return new ModuleProblems(check.problems(), check::accessProblem);
        } catch (ZreapException e) {
            // The folder of modules cannot be read; the row of the module's file says so.
            return new ModuleProblems(List.of(), check::accessProblem);
        }
    }

    /** Describes a transport. If a problem explains why it does not work, this adds the problem. */
    String describe(Transport way, Availability availability) {
        if (availability instanceof Availability.Unavailable no) {
            Optional<ModuleProblem> access = accessCheck.apply(way, no.cause());
            boolean isExplained = access.isPresent()
                    || (no.reason() == Availability.Reason.MODULE_MISSING
                            && found.stream().anyMatch(p -> p.kind().isNotLoaded()));
            access.ifPresent(found::add);
            String message = isExplained
                    ? withoutRemedy(no.cause())
                    : String.valueOf(no.cause().getMessage());
            return "no: "
                    + access.map(problem -> message.replace(": " + problem.problem(), ""))
                            .orElse(message);
        }
        return isTooOld() ? "yes, but the loaded module is too old" : "yes";
    }

    /** Whether the module does not know an option that this command needs. */
    boolean isTooOld() {
        return found.stream().anyMatch(problem -> problem.kind() == ModuleProblem.Kind.TOO_OLD);
    }

    /** All known problems, in the order in which they were found. */
    List<ModuleProblem> found() {
        return List.copyOf(found);
    }

    /** Prints them, if there are any. */
    void print(PrintWriter out) {
        for (ModuleProblem problem : found) {
            out.println();
            out.println("problem: " + problem.problem());
            out.println("do:      " + problem.remedy());
        }
    }

    private static String withoutRemedy(ZreapException e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(0, message.length() - e.remedy().length() - ": ".length());
    }
}
