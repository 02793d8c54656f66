// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes the files of processes as the kernel shows them; the texts are those of Linux 6.1. */
public final class ProcTree {

    private static final long SIGCHLD = 0x10000;

    private final Path root;

    public ProcTree(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** The reader's own status, with CAP_SYS_PTRACE or without. */
    public ProcTree self(boolean privileged) throws IOException {
        Path self = Files.createDirectories(root.resolve("self"));
        Files.writeString(
                self.resolve("status"),
                "Name:\tjava\nCapEff:\t" + (privileged ? "000001ffffffffff" : "0000000000000000") + "\n");
        return this;
    }

    /** A process to be written. */
    public Process process(long pid) {
        return new Process(pid);
    }

    public final class Process {

        private final long pid;
        private byte[] name = "sh".getBytes(StandardCharsets.UTF_8);
        private char state = 'S';
        private long parent = 1;
        private long flags = 4_194_304;
        private int threads = 1;
        private long start = 1000;
        private int exitSignal = 17;
        private int exitCode;
        private long session = 4029;
        private String nsSession = "";
        private long tracer;
        private long uid;
        private long sigBlk;
        private String pending = "0000000000000000";
        private long sigIgn;
        private long sigCgt = SIGCHLD;
        private String nsPid;
        private String executable = "";
        private final Map<String, String> links = new TreeMap<>();
        private final Map<String, String> files = new TreeMap<>();

        private Process(long pid) {
            this.pid = pid;
            this.nsPid = Long.toString(pid);
        }

        public Process name(byte... bytes) {
            this.name = bytes.clone();
            return this;
        }

        public Process name(String text) {
            return name(text.getBytes(StandardCharsets.UTF_8));
        }

        public Process zombieOf(long ppid, int waitStatus) {
            this.state = 'Z';
            this.parent = ppid;
            this.exitCode = waitStatus;
            return this;
        }

        public Process kernelThread() {
            this.flags = 2_129_984;
            return this;
        }

        public Process threads(int count) {
            this.threads = count;
            return this;
        }

        public Process start(long ticks) {
            this.start = ticks;
            return this;
        }

        public Process tracer(long tracerPid) {
            this.tracer = tracerPid;
            return this;
        }

        public Process uid(long id) {
            this.uid = id;
            return this;
        }

        public Process state(char letter) {
            this.state = letter;
            return this;
        }

        public Process parent(long ppid) {
            this.parent = ppid;
            return this;
        }

        /** What it does with SIGCHLD: the masks of {@code status}. */
        public Process sigchld(boolean blocked, boolean ignored, boolean caught) {
            this.sigBlk = blocked ? SIGCHLD : 0;
            this.sigIgn = ignored ? SIGCHLD : 0;
            this.sigCgt = caught ? SIGCHLD : 0;
            return this;
        }

        /** Its PID in every namespace, the outermost first. */
        public Process nsPid(String pids) {
            this.nsPid = pids;
            return this;
        }

        /** The mask of signals that wait for it. */
        public Process pending(String mask) {
            this.pending = mask;
            return this;
        }

        /** Flags of the kernel, besides the usual ones. */
        public Process flags(long bits) {
            this.flags |= bits;
            return this;
        }

        public Process exitSignal(int signal) {
            this.exitSignal = signal;
            return this;
        }

        /** Its session, and the same in every namespace. */
        public Process session(long id, String inNamespaces) {
            this.session = id;
            this.nsSession = inNamespaces;
            return this;
        }

        /** The function that its main thread sleeps in. */
        public Process wchan(String function) {
            return file("task/" + pid + "/wchan", function);
        }

        /** A link of it, such as {@code ns/pid}. */
        public Process link(String path, String target) {
            links.put(path, target);
            return this;
        }

        /** Another file of it. */
        public Process file(String path, String content) {
            files.put(path, content);
            return this;
        }

        public Process executable(String path) {
            this.executable = path;
            return this;
        }

        /** Another thread of it. */
        public Process thread(long tid, char letter) {
            return thread(tid, letter, start, "");
        }

        /** Another thread of it, and what else its status says. */
        public Process thread(long tid, char letter, long startTicks, String status) {
            return file("task/" + tid + "/stat", new String(stat(tid, letter, startTicks), StandardCharsets.ISO_8859_1))
                    .file("task/" + tid + "/status", status);
        }

        public byte[] stat() {
            return stat(pid, state, start);
        }

        private byte[] stat(long id, char letter, long startTicks) {
            ByteArrayOutputStream stat = new ByteArrayOutputStream();
            stat.writeBytes((id + " (").getBytes(StandardCharsets.US_ASCII));
            stat.writeBytes(name);
            stat.writeBytes((") " + letter + " " + parent + " 12636 " + session + " 0 -1 "
                            + flags + " 25 0 0 0 0 0 0 0 20 0 " + threads + " 0 " + startTicks
                            + " 0 0 18446744073709551615 0 0 0 0 0 0 0 6 65536 1 0 0 " + exitSignal
                            + " 1 0 0 0 0 0 0 0 0 0 0 0 0 " + exitCode + "\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return stat.toByteArray();
        }

        public Path write() throws IOException {
            Path directory = Files.createDirectories(root.resolve(Long.toString(pid)));
            Files.write(directory.resolve("stat"), stat());
            Files.writeString(directory.resolve("status"), """
                Name:\tsh
                State:\t%s
                Tgid:\t%d
                Pid:\t%d
                PPid:\t%d
                TracerPid:\t%d
                Uid:\t%d\t%d\t%d\t%d
                Threads:\t%d
                NSpid:\t%s
                NSsid:\t%s
                ShdPnd:\t%s
                SigBlk:\t%016x
                SigIgn:\t%016x
                SigCgt:\t%016x
                CapEff:\t000001fffeffffff
                """.formatted(
                            state == 'Z' ? "Z (zombie)" : "S (sleeping)",
                            pid,
                            pid,
                            parent,
                            tracer,
                            uid,
                            uid,
                            uid,
                            uid,
                            threads,
                            nsPid,
                            nsSession,
                            pending,
                            sigBlk,
                            sigIgn,
                            sigCgt));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = directory.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue(), StandardCharsets.ISO_8859_1);
            }
            for (Map.Entry<String, String> link : links.entrySet()) {
                Path path = directory.resolve(link.getKey());
                Files.createDirectories(path.getParent());
                link(path, link.getValue());
            }
            if (!executable.isEmpty()) {
                link(directory.resolve("exe"), executable);
            }
            return directory;
        }

        private static void link(Path path, String target) throws IOException {
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, Path.of(target));
        }
    }
}
