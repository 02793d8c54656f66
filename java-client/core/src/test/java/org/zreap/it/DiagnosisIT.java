// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.CommandName;
import org.zreap.Zombie;
import org.zreap.Zreap;
import org.zreap.diagnosis.Ancestor;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.ParentCondition;
import org.zreap.diagnosis.ProgramRuntime;
import org.zreap.diagnosis.SignalDisposition;

class DiagnosisIT {

    private final Diagnoser diagnoser = Diagnoser.system();

    @Test
    void seesParentThatNeverWaits() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Diagnosis diagnosis = diagnoser.diagnose(parent.zombie());

            ParentCondition condition = diagnosis.parent().orElseThrow();
            assertEquals(Finding.Kind.NEVER_WAITS, diagnosis.finding().kind());
            assertEquals(SignalDisposition.DEFAULT, condition.sigchld());
            assertEquals(ProgramRuntime.OTHER, condition.runtime());
            assertFalse(condition.stopped() || condition.waiting() || condition.namespaceInit());
            Ancestor first = diagnosis.ancestry().get(0);
            Ancestor last = diagnosis.ancestry().get(diagnosis.ancestry().size() - 1);
            assertEquals(parent.pid(), first.identity().pid());
            assertEquals(CommandName.of("100000"), first.commandLine().get(1));
            assertEquals(1, last.identity().pid());
            assertTrue(diagnosis.headroom().pidMax().isPresent());
        }
    }

    @Test
    void seesHandlerThatMissedItsSignal() {
        try (LivingParent parent = LivingParent.handlingSigchldTooLate()) {
            assertEquals(
                    Finding.Kind.HANDLER_DOES_NOT_WAIT,
                    diagnoser.diagnose(parent.zombie()).finding().kind());
        }
    }

    @Test
    void seesStoppedParent() {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            parent.stop();

            Diagnosis diagnosis = diagnoser.diagnose(zombie);

            assertTrue(diagnosis.parent().orElseThrow().stopped());
            assertEquals(Finding.Kind.PARENT_STOPPED, diagnosis.finding().kind());
            assertTrue(
                    diagnosis.finding().now().text().startsWith("do not reap"),
                    diagnosis.finding().now()::text);
        }
    }

    @Test
    void seesFrozenParent() {
        try (LivingParent parent = LivingParent.of("exit 7");
                Freezer freezer = Freezer.around(parent.pid())) {
            freezer.freezeAbove();

            Finding finding = diagnoser.diagnose(parent.zombie()).finding();

            assertEquals(Finding.Kind.PARENT_FROZEN, finding.kind());
            assertEquals(List.of(freezer.events() + ": frozen 1"), finding.evidence());
            assertTrue(finding.now().text().startsWith("do not reap"), finding.now()::text);
        }
    }

    @Test
    void seesParentInVfork(@TempDir Path folder) {
        try (LivingParent parent = LivingParent.inVfork(folder)) {
            Finding finding = diagnoser.diagnose(parent.zombie()).finding();

            assertEquals(Finding.Kind.PARENT_IN_VFORK, finding.kind());
            assertTrue(finding.now().text().startsWith("do not reap"), finding.now()::text);
        }
    }

    @Test
    void countsTheSiblings() {
        try (Zreap zreap = Zreap.open();
                LivingParent parent = LivingParent.ofExits(30)) {
            Zombie zombie = parent.zombies(30).get(0);

            Diagnosis diagnosis = diagnoser.diagnose(zombie, zreap.zombies());

            assertEquals(30, diagnosis.siblings().count());
            assertTrue(diagnosis.siblings().oldest().isPresent());
        }
    }
}
