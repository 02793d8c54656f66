// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.ProcTree;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.internal.diagnosis.Likeness.Session;
import org.zreap.internal.proc.BoundedLook;
import org.zreap.internal.proc.ProcFs;

/** Zombies of one parent share a diagnosis only if nothing that decides on the cause tells them apart. */
class LikenessTest {

    private static final long PARENT = 10;

    @TempDir
    private Path root;

    private ProcTree tree;

    @BeforeEach
    void isPrivileged() throws IOException {
        tree = new ProcTree(root).self(true);
    }

    @ParameterizedTest
    @CsvSource({"21 2, 10 1, true", "21 3, 10 1, false", "21 2, 10 5, false"})
    void tellsTheFirstChildOfProcess1(String pids, String parentPids, boolean isFirst) throws IOException {
        tree.process(PARENT).nsPid(inColumns(parentPids)).write();
        tree.process(21).zombieOf(PARENT, 0).nsPid(inColumns(pids)).write();

        assertEquals(isFirst, likeness(21).isFirst());
    }

    @ParameterizedTest
    @CsvSource({"2, OWN", "1, OF_PARENT", "7, OTHER"})
    void tellsWhoseSessionItIs(long inNamespace, Session session) throws IOException {
        tree.process(PARENT).nsPid("10\t1").session(10, "10\t1").write();
        tree.process(21)
                .zombieOf(PARENT, 0)
                .nsPid("21\t2")
                .session(21, "21\t" + inNamespace)
                .write();

        assertEquals(session, likeness(21).session());
    }

    @Test
    void sessionOfAZombieWithoutParentIsAnother() throws IOException {
        tree.process(21).zombieOf(PARENT, 0).session(10, "10").write();

        assertEquals(Session.OTHER, likeness(21).session());
    }

    @Test
    void tellsThoseThatTheParentFollows() throws IOException {
        tree.process(PARENT)
                .link("fd/3", "anon_inode:[pidfd]")
                .file("fdinfo/3", "Pid:\t21\n")
                .write();
        tree.process(21).zombieOf(PARENT, 0).write();
        tree.process(22).zombieOf(PARENT, 0).write();

        assertTrue(likeness(21).isFollowed());
        assertFalse(likeness(22).isFollowed());
    }

    private static String inColumns(String pids) {
        return pids.replace(' ', '\t');
    }

    private Likeness likeness(long pid) {
        ProcFs proc = new ProcFs(root);
        ProcessCgroups cgroups = new ProcessCgroups(proc, Optional.empty());
        Zombie zombie = ZombieScanner.of(root).find(pid).orElseThrow();
        BoundedLook looks = new BoundedLook(Duration.ofSeconds(30), 1);
        return Likeness.of(
                zombie,
                new ZombieReader(proc, cgroups).read(zombie),
                new ParentReader(proc, cgroups, new Freezers(Optional.empty()), looks)
                        .read(zombie.parentPid(), new ProcessTable(proc)));
    }
}
