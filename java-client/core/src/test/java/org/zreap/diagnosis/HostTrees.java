// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.zreap.ProcTree;
import org.zreap.ProcTree.Process;
import org.zreap.ZombieScanner;

/**
 * Trees of {@code /proc} after real hosts: a zombie, 21, its parent, 10 or 1, and whom else the
 * case needs. Each is written into a folder of its own, with its cgroups in the folder
 * {@code cgroup} beside {@code proc}.
 */
final class HostTrees {

    static final long ZOMBIE = 21;

    static final String ID = "4c01db0b339cdd0f6f8d0e4a7ac1d0e1cf62b4b3d4f1a0e8b9c7d6e5f4a3b2c1";
    static final String INNER_ID = "aa01db0b339cdd0f6f8d0e4a7ac1d0e1cf62b4b3d4f1a0e8b9c7d6e5f4a3b2c1";
    static final String POD = "2dd7a2b4-3f7a-4c51-9d5f-0c8d1f0e9a11";

    static final String IN_POD = "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod"
            + POD.replace('-', '_') + ".slice/cri-containerd-" + ID + ".scope\n";

    /** Where programs are not, so that none of this machine is looked at. */
    private static final String NOWHERE = "/nowhere";

    private static final long LONG_AFTER = 99_999_999;

    /** Writes what a case has besides process 1. */
    interface Case {
        void write(HostTrees tree) throws IOException;
    }

    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    final Path folder;
    final ProcTree proc;

    private HostTrees(Path folder) {
        this.folder = folder;
        this.proc = new ProcTree(folder.resolve("proc"));
    }

    static {
        HostCases.all().forEach(CASES::put);
        ScenarioCases.all().forEach(CASES::put);
    }

    /** The names of the cases. */
    static Iterable<String> names() {
        return CASES.keySet();
    }

    /** Writes a case; gives its {@code /proc}. */
    static Path write(String name, Path folder) throws IOException {
        HostTrees tree = new HostTrees(folder);
        tree.proc.self(true);
        Files.createDirectories(folder.resolve("cgroup"));
        CASES.get(name).write(tree);
        if (Files.notExists(folder.resolve("proc/1"))) {
            tree.proc
                    .process(1)
                    .name("systemd")
                    .parent(0)
                    .executable(NOWHERE + "/usr/lib/systemd/systemd")
                    .write();
        }
        if (Files.notExists(folder.resolve("proc/21"))) {
            tree.zombie().write();
        }
        return tree.proc.root();
    }

    /** What zreap finds in a case. */
    static Diagnosis diagnose(String name, Path folder) throws IOException {
        Path root = write(name, folder);
        return Diagnoser.of(root, folder.resolve("cgroup"))
                .diagnose(ZombieScanner.of(root).find(ZOMBIE).orElseThrow());
    }

    /** The lines of a table of what is expected of the cases. */
    static Stream<String> lines(String table) throws IOException {
        try (InputStream file = HostTrees.class.getResourceAsStream(table)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("case\t"));
        }
    }

    Process parent(String name, String executable) {
        return proc.process(10)
                .name(name)
                .parent(1)
                .executable(NOWHERE + executable)
                .sigchld(false, false, false);
    }

    Process one(String name, String executable) {
        return proc.process(1)
                .name(name)
                .parent(0)
                .executable(NOWHERE + executable)
                .sigchld(false, false, false);
    }

    /** A parent that is process 1 of its own PID namespace. */
    Process inner(String name, String executable) {
        return parent(name, executable).nsPid("10\t1").session(10, "10\t1");
    }

    Process zombie() {
        return proc.process(ZOMBIE)
                .name("x")
                .start(LONG_AFTER)
                .zombieOf(Files.exists(folder.resolve("proc/10")) ? 10 : 1, 0);
    }

    /** A zombie in the namespace of an {@link #inner} parent, and in that parent's session. */
    Process innerZombie() {
        return zombie().nsPid("21\t9").session(10, "10\t1");
    }

    private Path goProgram() throws IOException {
        byte[] head = new byte[400];
        byte[] note = {4, 0, 0, 0, 83, 0, 0, 0, 4, 0, 0, 0, 'G', 'o', 0, 0};
        System.arraycopy(note, 0, head, 64, note.length);
        return Files.write(folder.resolve("go-program"), head);
    }

    Process go(Process process, String name) throws IOException {
        Path program = goProgram();
        return process.name(name)
                .executable(Files.move(program, folder.resolve(name)).toString())
                .sigchld(false, false, true);
    }

    void pids(String cgroup, String current, String max) throws IOException {
        Path group = Files.createDirectories(folder.resolve("cgroup").resolve(cgroup));
        Files.writeString(group.resolve("pids.current"), current + "\n", StandardCharsets.US_ASCII);
        Files.writeString(group.resolve("pids.max"), max + "\n", StandardCharsets.US_ASCII);
    }
}
