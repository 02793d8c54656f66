// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.zreap.Availability;
import org.zreap.Failure;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.Transport;
import org.zreap.module.ModuleProblem;
import org.zreap.module.ModuleProblem.Kind;

class ModuleProblemsTest {

    private static final Availability MISSING = new Availability.Unavailable(
            Availability.Reason.MODULE_MISSING, new ModuleMissingException(Failure.of("cannot use it", "load it")));

    @Test
    void aFoundCauseTakesThePlaceOfAGeneralRemedy() {
        ModuleProblem headers = new ModuleProblem(Kind.HEADERS_MISSING, "no headers", "install them");
        ModuleProblems problems = new ModuleProblems(List.of(headers), (way, cause) -> Optional.empty());

        assertEquals("no: cannot use it", problems.describe(Transport.PROCFS, MISSING));
        assertEquals("\nproblem: no headers\ndo:      install them\n", printed(problems));
        assertFalse(problems.isTooOld());
    }

    @Test
    void withoutACauseTheRemedyStays() {
        ModuleProblem later = new ModuleProblem(Kind.NOT_LOADED_AT_BOOT, "not at boot", "ask for it");
        ModuleProblems problems = new ModuleProblems(List.of(later), (way, cause) -> Optional.empty());

        assertEquals("no: cannot use it: load it", problems.describe(Transport.PROCFS, MISSING));
    }

    @Test
    void whatKeepsThisProcessOutIsAdded() {
        ModuleProblem network = new ModuleProblem(Kind.OTHER_NETWORK_NAMESPACE, "not here", "go there");
        ModuleProblems problems = new ModuleProblems(List.of(), (way, cause) -> Optional.of(network));

        assertEquals("no: cannot use it", problems.describe(Transport.NETLINK, MISSING));
        assertTrue(printed(problems).contains("not here"));
    }

    /** The failure and the problem say the same; the doctor says it once. */
    @Test
    void whatTheFailureSaysAlreadyIsSaidOnce() {
        Availability refused = new Availability.Unavailable(
                Availability.Reason.NOT_PERMITTED,
                new PermissionException(Failure.of("cannot use it (EACCES): a policy is in force", "take another")));
        ModuleProblem policy = new ModuleProblem(Kind.CONFINED, "a policy is in force", "take another");
        ModuleProblems problems = new ModuleProblems(List.of(), (way, cause) -> Optional.of(policy));

        assertEquals("no: cannot use it (EACCES)", problems.describe(Transport.PROCFS, refused));
        assertEquals("\nproblem: a policy is in force\ndo:      take another\n", printed(problems));
    }

    @Test
    void aModuleThatIsTooOldIsNoPlainYes() {
        ModuleProblem old = new ModuleProblem(Kind.TOO_OLD, "too old", "reload");
        ModuleProblems problems = new ModuleProblems(List.of(old), (way, cause) -> Optional.empty());

        assertTrue(problems.isTooOld());
        assertEquals(
                "yes, but the loaded module is too old",
                problems.describe(Transport.PROCFS, new Availability.Available()));
    }

    private static String printed(ModuleProblems problems) {
        StringWriter text = new StringWriter();
        problems.print(new PrintWriter(text));
        return text.toString();
    }
}
