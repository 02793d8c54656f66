// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.internal.ZombieBuilder;

class ZombieScannerTest {

    @TempDir
    private Path root;

    @TempDir
    private Path emptyFolder;

    private ProcTree tree;
    private ZombieScanner scanner;

    @BeforeEach
    void prepare() throws IOException {
        tree = new ProcTree(root).self(true);
        scanner = ZombieScanner.of(root);
        tree.process(1).name("init").write();
        tree.process(10).name("par) Z ent").write();
    }

    @Test
    void findsZombiesInOrderOfPids() throws IOException {
        tree.process(300).zombieOf(10, 0).write();
        tree.process(21).zombieOf(10, 0).write();
        Files.createDirectory(root.resolve("sys"));

        assertEquals(
                List.of(21L, 300L), scanner.scan().stream().map(Zombie::pid).toList());
    }

    @Test
    void tellsAllThatProcKnows() throws IOException {
        tree.process(21).name(")\n(\\").start(77).zombieOf(10, 139).uid(1000).write();

        assertEquals(
                List.of(new ZombieBuilder(new ProcessIdentity(21, 77), CommandName.of(")\n(\\"))
                        .parentPid(10)
                        .parentName(Optional.of(CommandName.of("par) Z ent")))
                        .uid(OptionalLong.of(1000))
                        .status(Optional.of(new ExitStatus.Signalled(11, true)))
                        .build()),
                scanner.scan());
    }

    @Test
    void seesDeadLeaderWithLivingThreads() throws IOException {
        tree.process(21).zombieOf(10, 0).threads(3).write();

        Zombie zombie = scanner.find(21).orElseThrow();

        assertEquals(ZombieState.THREADS, zombie.state());
        assertEquals(2, zombie.livingThreads());
        assertEquals(Optional.empty(), zombie.status());
    }

    @Test
    void seesTracer() throws IOException {
        tree.process(21).zombieOf(10, 0).tracer(99).write();

        Zombie zombie = scanner.find(21).orElseThrow();

        assertEquals(ZombieState.TRACED, zombie.state());
        assertEquals(OptionalLong.of(99), zombie.tracer());
    }

    @Test
    void seesChildOfKernelThread() throws IOException {
        tree.process(2).name("kthreadd").kernelThread().write();
        tree.process(21).zombieOf(2, 0).write();

        assertEquals(ZombieState.KERNEL_CHILD, scanner.find(21).orElseThrow().state());
    }

    @Test
    void seesThatTheParentIsStopped() throws IOException {
        tree.process(11).state('T').write();
        tree.process(12).state('t').write();
        tree.process(21).zombieOf(11, 0).write();
        tree.process(22).zombieOf(12, 0).write();

        for (Zombie zombie : scanner.scan()) {
            assertEquals(ZombieState.PARENT_STOPPED, zombie.state());
            assertEquals(Optional.of(ZombieState.PARENT_STOPPED), zombie.spared());
        }
    }

    /** A parent waits by any of its threads. */
    @ParameterizedTest
    @CsvSource({
        "t, t t, true",
        "t, t T, true",
        "t, t S, false",
        "t, D D, true",
        "D, t, true",
        "D, D, false",
        "D, T D, true",
        "t, X Z, true",
        "S, t t, false",
        "Z, T T, true",
        "Z, t Z, true",
        "Z, T S, true",
        "Z, t S, false",
        "Z, '', false",
    })
    void looksAtAllThreadsOfTheParent(char leader, String others, boolean stopped) throws IOException {
        ProcTree.Process parent = tree.process(11).state(leader);
        int tid = 12;
        for (String state : others.split(" ")) {
            if (!state.isEmpty()) {
                parent.thread(tid++, state.charAt(0));
            }
        }
        parent.write();
        tree.process(21).zombieOf(11, 0).write();

        assertEquals(
                stopped ? ZombieState.PARENT_STOPPED : ZombieState.REAPABLE,
                scanner.find(21).orElseThrow().state());
    }

    @Test
    void takesParentOutsideOfTheNamespace() throws IOException {
        tree.process(21).zombieOf(0, 0).write();

        assertEquals(Optional.empty(), scanner.find(21).orElseThrow().parentName());
    }

    @Test
    void doesNotTakeZeroForAnExitCodeThatIsHidden() throws IOException {
        tree.self(false);
        tree.process(21).zombieOf(10, 0).write();
        tree.process(22).zombieOf(10, 256).write();

        assertEquals(Optional.empty(), scanner.find(21).orElseThrow().status());
        assertEquals(
                Optional.of(new ExitStatus.Exited(1)),
                scanner.find(22).orElseThrow().status());
    }

    @Test
    void isShownNoExitCodesFromAnotherUserNamespace() throws IOException {
        tree.process(21).zombieOf(10, 0).write();
        userNamespace(4026531837L);
        assertEquals(
                Optional.of(new ExitStatus.Exited(0)),
                scanner.find(21).orElseThrow().status());

        userNamespace(4026532198L);
        assertEquals(Optional.empty(), scanner.find(21).orElseThrow().status());
    }

    private void userNamespace(long inode) throws IOException {
        Path link = Files.createDirectories(root.resolve("self/ns")).resolve("user");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of("user:[" + inode + "]"));
    }

    @Test
    void leavesOutWhatGoesBetweenTwoReads() throws IOException {
        Files.delete(tree.process(21).zombieOf(10, 0).write().resolve("status"));
        Files.delete(tree.process(22).zombieOf(10, 0).write().resolve("stat"));
        Path reused = tree.process(23).zombieOf(10, 0).write();
        Files.writeString(reused.resolve("status"), "State:\tR (running)\nTgid:\t23\n");
        Path thread = tree.process(24).zombieOf(10, 0).write();
        Files.writeString(thread.resolve("status"), "State:\tZ (zombie)\nTgid:\t20\n");
        Files.writeString(tree.process(25).zombieOf(10, 0).write().resolve("stat"), "");

        assertEquals(List.of(), scanner.scan());
    }

    @Test
    void findsNothingElse() throws IOException {
        tree.process(21).write();

        assertEquals(Optional.empty(), scanner.find(21));
        assertEquals(Optional.empty(), scanner.find(4000));
        assertThrows(IllegalArgumentException.class, () -> scanner.find(0));
    }

    @Test
    void saysThatThereIsNoProcfs() {
        ZreapException e = assertThrows(
                ZreapException.class,
                () -> ZombieScanner.of(root.resolve("none")).scan());

        assertEquals(Optional.of(root.resolve("none")), e.path());
    }

    @Test
    void doesNotTakeAnEmptyFolderForOneWithoutZombies() {
        ZreapException e = assertThrows(
                ZreapException.class, () -> ZombieScanner.of(emptyFolder).scan());

        assertEquals("see that procfs is mounted there", e.remedy());
    }

    @Test
    void readsTheRealProcfs() {
        long self = ProcessHandle.current().pid();

        assertEquals(Optional.empty(), ZombieScanner.system().find(self));
        assertTrue(ZombieScanner.system().scan().stream().noneMatch(zombie -> zombie.pid() == self));
    }
}
