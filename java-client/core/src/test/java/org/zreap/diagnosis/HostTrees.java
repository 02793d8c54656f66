// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.zreap.ProcTree;
import org.zreap.ProcTree.Process;

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

    private static final String IN_POD = "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod"
            + POD.replace('-', '_') + ".slice/cri-containerd-" + ID + ".scope\n";
    /** Where programs are not, so that none of this machine is looked at. */
    private static final String NOWHERE = "/nowhere";

    private static final String BLOCKS = "SigBlk:\t0000000000010000\n";
    private static final String KILLED = "SigPnd:\t0000000000000100\n";
    private static final long PF_EXITING = 4;
    private static final long PF_FORKNOEXEC = 0x40;
    private static final long LONG_AFTER = 99_999_999;

    /** Writes what a case has besides process 1. */
    private interface Case {
        void write(HostTrees tree) throws IOException;
    }

    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    private final Path folder;
    private final ProcTree proc;

    private HostTrees(Path folder) {
        this.folder = folder;
        this.proc = new ProcTree(folder.resolve("proc"));
    }

    static {
        hosts();
        initsAndSupervisors();
        places();
        scenarios();
        startScripts();
        namespaceInits();
        signals();
        zombiesThemselves();
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

    private Process parent(String name, String executable) {
        return proc.process(10)
                .name(name)
                .parent(1)
                .executable(NOWHERE + executable)
                .sigchld(false, false, false);
    }

    private Process one(String name, String executable) {
        return proc.process(1)
                .name(name)
                .parent(0)
                .executable(NOWHERE + executable)
                .sigchld(false, false, false);
    }

    /** A parent that is process 1 of its own PID namespace. */
    private Process inner(String name, String executable) {
        return parent(name, executable).nsPid("10\t1").session(10, "10\t1");
    }

    private Process zombie() {
        return proc.process(ZOMBIE)
                .name("x")
                .start(LONG_AFTER)
                .zombieOf(Files.exists(folder.resolve("proc/10")) ? 10 : 1, 0);
    }

    /** A zombie in the namespace of an {@link #inner} parent, and in that parent's session. */
    private Process innerZombie() {
        return zombie().nsPid("21\t9").session(10, "10\t1");
    }

    private Path goProgram() throws IOException {
        byte[] head = new byte[400];
        byte[] note = {4, 0, 0, 0, 83, 0, 0, 0, 4, 0, 0, 0, 'G', 'o', 0, 0};
        System.arraycopy(note, 0, head, 64, note.length);
        return Files.write(folder.resolve("go-program"), head);
    }

    private Process go(Process process, String name) throws IOException {
        Path program = goProgram();
        return process.name(name)
                .executable(Files.move(program, folder.resolve(name)).toString())
                .sigchld(false, false, true);
    }

    private static void hosts() {
        CASES.put("kubelet", t -> t.go(t.parent("x", ""), "kubelet").start(2000).write());
        CASES.put(
                "shim",
                t -> t.go(t.parent("x", ""), "containerd-shim-runc-v2")
                        .start(2000)
                        .write());
        CASES.put(
                "cron",
                t -> t.parent("cron", "/usr/sbin/cron")
                        .sigchld(false, false, true)
                        .wchan("hrtimer_nanosleep")
                        .write());
        CASES.put(
                "sshd",
                t -> t.parent("sshd", "/usr/sbin/sshd")
                        .sigchld(false, false, true)
                        .write());
        CASES.put(
                "jenkins",
                t -> t.parent("java", "/usr/lib/jvm/java-17/bin/java")
                        .file("cgroup", IN_POD)
                        .write());
        CASES.put("gdb-traced-parent", t -> {
            t.proc.process(77).name("gdb").write();
            t.parent("server", "/srv/server")
                    .state('t')
                    .tracer(77)
                    .wchan("ptrace_stop")
                    .write();
        });
        CASES.put(
                "gdb-parent",
                t -> t.parent("gdb", "/usr/bin/gdb")
                        .sigchld(false, false, true)
                        .file("maps", "7f00 r-xp 0 0 0 /usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0\n")
                        .write());
        CASES.put(
                "nfs",
                t -> t.parent("backup", "/usr/bin/rsync")
                        .state('D')
                        .wchan("rpc_wait_bit_killable")
                        .write());
        CASES.put("hostile", t -> {
            t.parent("sh) S 1 (\n\u001b[2J", "/bin/sh\u001b[31m")
                    .sigchld(false, false, true)
                    .file("cmdline", "a\u001b[0m\0b")
                    .file("cgroup", "0::/evil\u001b[2J/a.service\n")
                    .write();
            t.zombie().name(") Z 1 1 (").write();
        });
        CASES.put(
                "postgres",
                t -> t.parent("postgres", "/usr/lib/postgresql/15/bin/postgres")
                        .sigchld(false, false, true)
                        .write());
        CASES.put(
                "postgres-backend",
                t -> t.parent("postgres", "/usr/lib/postgresql/15/bin/postgres").write());
        CASES.put(
                "nginx",
                t -> t.parent("nginx", "/usr/sbin/nginx")
                        .sigchld(false, false, true)
                        .write());
        CASES.put(
                "dotnet",
                t -> t.parent("dotnet", "/usr/share/dotnet/dotnet")
                        .sigchld(false, false, true)
                        .write());
        CASES.put(
                "node",
                t -> t.parent("node", "/usr/bin/node")
                        .sigchld(false, false, true)
                        .write());
        CASES.put(
                "python",
                t -> t.parent("python3", "/usr/bin/python3.11")
                        .wchan("hrtimer_nanosleep")
                        .write());
        CASES.put(
                "kernel-thread",
                t -> t.proc.process(10)
                        .name("kworker/u8:0")
                        .kernelThread()
                        .parent(2)
                        .sigchld(false, true, false)
                        .write());
    }

    private static void initsAndSupervisors() {
        CASES.put(
                "systemd-pid1",
                t -> t.one("systemd", "/usr/lib/systemd/systemd")
                        .sigchld(true, false, false)
                        .file("cgroup", "0::/init.scope\n")
                        .wchan("ep_poll")
                        .write());
        CASES.put(
                "pause",
                t -> t.inner("pause", "/pause")
                        .sigchld(false, false, true)
                        .file("cgroup", IN_POD)
                        .write());
        CASES.put(
                "pause-pid1-in-pod",
                t -> t.one("pause", "/pause").sigchld(false, false, true).write());
        CASES.put("busybox-init", t -> t.one("init", "/bin/busybox").write());
        CASES.put(
                "runsvdir",
                t -> t.one("runsvdir", "/usr/bin/runsvdir").wchan("do_sys_poll").write());
        CASES.put(
                "s6",
                t -> t.one("s6-svscan", "/bin/s6-svscan")
                        .sigchld(true, false, false)
                        .write());
        CASES.put(
                "catatonit",
                t -> t.inner("catatonit", "/usr/bin/catatonit")
                        .sigchld(true, false, false)
                        .write());
        CASES.put(
                "conmon",
                t -> t.parent("conmon", "/usr/bin/conmon")
                        .sigchld(false, false, true)
                        .write());
        CASES.put(
                "supervisord",
                t -> t.inner("supervisord", "/usr/bin/python3.11")
                        .sigchld(false, false, true)
                        .file("cgroup", "0::/system.slice/docker-" + ID + ".scope\n")
                        .write());
        CASES.put(
                "dumb-init",
                t -> t.inner("dumb-init", "/usr/bin/dumb-init")
                        .file("cgroup", IN_POD)
                        .wchan("do_sigtimedwait")
                        .write());
        CASES.put(
                "tini",
                t -> t.inner("tini", "/sbin/docker-init")
                        .file("cgroup", "0::/docker/" + ID + "\n")
                        .wchan("do_sigtimedwait")
                        .write());
        CASES.put(
                "bash-pid1",
                t -> t.inner("bash", "/bin/bash")
                        .sigchld(false, false, true)
                        .file("cgroup", IN_POD)
                        .wchan("do_wait")
                        .write());
        CASES.put(
                "gunicorn",
                t -> t.parent("gunicorn", "/usr/bin/python3.11")
                        .sigchld(false, false, true)
                        .file("cgroup", "0::/system.slice/gunicorn.service\n")
                        .write());
        CASES.put(
                "gunicorn-worker",
                t -> t.parent("gunicorn: worke", "/usr/bin/python3.11").write());
        CASES.put(
                "dash-builtin",
                t -> t.parent("sh", "/usr/bin/dash")
                        .sigchld(false, false, true)
                        .wchan("n_tty_read")
                        .write());
        CASES.put(
                "busybox-sh",
                t -> t.parent("sh", "/bin/busybox")
                        .sigchld(false, false, true)
                        .wchan("do_wait")
                        .write());
    }

    private static void places() {
        CASES.put(
                "docker-in-docker",
                t -> t.parent("app", "/srv/app")
                        .file("cgroup", "0::/docker/" + ID + "/docker/" + INNER_ID + "\n")
                        .write());
        CASES.put(
                "nspawn",
                t -> t.parent("app", "/srv/app")
                        .nsPid("10\t5")
                        .file(
                                "cgroup",
                                "0::/machine.slice/systemd-nspawn@web.service/payload/system.slice/app.service\n")
                        .write());
        CASES.put(
                "lxd",
                t -> t.parent("app", "/srv/app")
                        .file("cgroup", "0::/lxc.payload.web1/system.slice/app.service\n")
                        .write());
    }

    /** After reports that are named in public: what was seen of them in a running kernel. */
    private static void scenarios() {
        CASES.put(
                "go-start-without-wait",
                t -> t.go(t.parent("x", ""), "hkcam")
                        .start(2000)
                        .threads(2)
                        .thread(11, 'S', 2001, "")
                        .write());
        CASES.put("shim-holds-up-container", t -> {
            t.parent("shim", "/usr/bin/shim").write();
            t.zombie().nsPid("21\t7").link("ns/pid", "pid:[4026532201]").write();
            t.proc.process(30)
                    .name("sleep")
                    .nsPid("30\t1")
                    .flags(PF_EXITING)
                    .wchan("zap_pid_ns_processes")
                    .link("ns/pid", "pid:[4026532201]")
                    .write();
        });
        CASES.put("pod-limit", t -> {
            String pod = "kubepods/burstable/pod" + POD;
            t.parent("worker", "/srv/worker")
                    .file("cgroup", "0::/" + pod + "/" + ID + "\n")
                    .write();
            t.zombie().file("cgroup", "0::/" + pod + "/" + ID + "\n").write();
            t.pids(pod + "/" + ID, "120", "max");
            t.pids(pod, "128", "128");
        });
        CASES.put("own-child-of-process-1", t -> {
            t.inner("python3", "/usr/bin/python3.11").write();
            t.zombie()
                    .name("true")
                    .start(1002)
                    .nsPid("21\t2")
                    .session(10, "10\t1")
                    .write();
        });
        CASES.put(
                "systemd-crashed",
                t -> t.one("systemd", "/usr/lib/systemd/systemd")
                        .sigchld(true, false, false)
                        .wchan("__do_sys_pause")
                        .write());
        CASES.put(
                "pause-without-handler",
                t -> t.inner("pause", "/pause")
                        .file("cgroup", IN_POD)
                        .wchan("do_sys_pause")
                        .write());
        CASES.put("tracer-of-zombie", t -> {
            t.parent("app", "/srv/app").write();
            t.zombie().tracer(77).write();
        });
        CASES.put("tracer-is-parent", t -> {
            t.parent("dlv", "/usr/bin/dlv").write();
            t.zombie().tracer(10).write();
        });
        CASES.put("vfork", t -> {
            t.parent("strace", "/usr/bin/strace")
                    .state('D')
                    .wchan("kernel_clone")
                    .write();
            t.proc.process(30).name("strace").parent(10).flags(PF_FORKNOEXEC).write();
            t.proc.process(31).name("ls").parent(10).write();
        });
        CASES.put(
                "signal-thread",
                t -> t.parent("watchman", "/usr/bin/watchman")
                        .sigchld(true, false, true)
                        .threads(2)
                        .thread(11, 'S', 1001, "SigBlk:\t0000000000000000\n")
                        .write());
        CASES.put("cloned-without-signal", t -> {
            t.parent("app", "/srv/app").sigchld(false, false, true).write();
            t.zombie().exitSignal(0).write();
        });
        CASES.put("paused-container", t -> {
            t.parent("python3", "/usr/bin/python3.11")
                    .file("cgroup", "0::/docker/" + ID + "\n")
                    .write();
            Path group = Files.createDirectories(t.folder.resolve("cgroup/docker/" + ID));
            Files.writeString(group.resolve("cgroup.events"), "populated 1\nfrozen 1\n");
        });
        CASES.put(
                "stopped",
                t -> t.parent("python3", "/usr/bin/python3.11").state('T').write());
        CASES.put("shell-reads-pipe", t -> {
            t.parent("dash", "/usr/bin/dash")
                    .sigchld(false, false, true)
                    .wchan("anon_pipe_read")
                    .file("task/10/syscall", "0 0x3 0x7ffd 0x80 0x0 0x0 0x0 0x7ffe 0x7f1c\n")
                    .link("fd/3", "pipe:[762006]")
                    .file("fdinfo/3", "flags:\t00\n")
                    .write();
            t.proc.process(30)
                    .name("sleep")
                    .link("fd/1", "pipe:[762006]")
                    .file("fdinfo/1", "flags:\t01\n")
                    .write();
            t.proc.process(31)
                    .name("tail")
                    .link("fd/0", "pipe:[762006]")
                    .file("fdinfo/0", "flags:\t00\n")
                    .write();
        });
    }

    /** Something is left behind, then the shell becomes the program. */
    private static void startScripts() {
        CASES.put("script-then-java", t -> {
            t.parent("java", "/usr/bin/java")
                    .threads(2)
                    .thread(11, 'S', 1050, "")
                    .write();
            t.zombie().name("collect.sh").start(1010).write();
        });
        CASES.put("script-then-java-as-process-1", t -> {
            t.inner("java", "/usr/bin/java")
                    .threads(2)
                    .thread(11, 'S', 1050, "")
                    .file("cgroup", "0::/docker/" + ID + "\n")
                    .write();
            t.zombie()
                    .name("collect.sh")
                    .start(1010)
                    .nsPid("21\t2")
                    .session(10, "10\t1")
                    .write();
        });
        CASES.put("script-then-go", t -> {
            t.go(t.parent("x", ""), "exporter")
                    .threads(2)
                    .thread(11, 'S', 1050, "")
                    .write();
            t.zombie().start(1010).write();
        });
        CASES.put("script-then-unknown", t -> {
            t.parent("app", "/srv/app").write();
            t.zombie().start(1010).write();
        });
    }

    private static void namespaceInits() {
        CASES.put(
                "sleep-infinity",
                t -> t.inner("sleep", "/usr/bin/sleep")
                        .file("cgroup", IN_POD)
                        .wchan("hrtimer_nanosleep")
                        .write());
        CASES.put("java-process-1", t -> {
            t.inner("java", "/usr/bin/java")
                    .threads(2)
                    .thread(11, 'S', 1050, "")
                    .file("cgroup", "0::/docker/" + ID + "\n")
                    .write();
            t.innerZombie().name("git").write();
        });
        CASES.put("node-process-1-exec-session", t -> {
            t.inner("node", "/usr/bin/node").sigchld(false, false, true).write();
            t.innerZombie().session(900, "900\t40").write();
        });
        CASES.put("go-process-1", t -> {
            t.go(t.inner("x", ""), "ingress")
                    .threads(2)
                    .thread(11, 'S', 1001, "")
                    .write();
            t.innerZombie().write();
        });
        CASES.put("python-process-1", t -> {
            t.inner("python3", "/usr/bin/python3.11")
                    .file("cgroup", "0::/docker/" + ID + "\n")
                    .write();
            t.innerZombie().write();
        });
        CASES.put("parent-outside", t -> {
            t.one("app", "/srv/app").write();
            t.proc.process(ZOMBIE).zombieOf(0, 0).write();
        });
        CASES.put("parent-hidden", t -> t.proc.process(ZOMBIE).zombieOf(10, 0).write());
    }

    private static void signals() {
        CASES.put(
                "sd-event-daemon",
                t -> t.parent("systemd-udevd", "/usr/lib/systemd/systemd-udevd2")
                        .sigchld(true, false, false)
                        .write());
        CASES.put(
                "signalfd",
                t -> t.parent("app", "/srv/app")
                        .sigchld(true, false, false)
                        .file("fdinfo/5", "pos:\t0\nflags:\t02004002\nsigmask:\t0000000000010000\n")
                        .write());
        CASES.put(
                "signalfd-for-others",
                t -> t.parent("app", "/srv/app")
                        .sigchld(true, false, false)
                        .file("fdinfo/5", "pos:\t0\nflags:\t02004002\nsigmask:\t0000000000004000\n")
                        .write());
        CASES.put(
                "sigwait-thread",
                t -> t.parent("app", "/srv/app")
                        .sigchld(true, false, false)
                        .threads(2)
                        .thread(11, 'S', 1001, BLOCKS)
                        .file("task/11/wchan", "do_sigtimedwait")
                        .file("fdinfo/0", "flags:\t02\n")
                        .write());
        CASES.put(
                "not-told-yet",
                t -> t.parent("app", "/srv/app")
                        .sigchld(false, false, true)
                        .pending("0000000000010000")
                        .write());
        CASES.put(
                "ignored-late",
                t -> t.parent("app", "/srv/app").sigchld(false, true, false).write());
        CASES.put(
                "waits-for-another",
                t -> t.parent("make", "/usr/bin/make")
                        .sigchld(false, false, true)
                        .wchan("do_wait")
                        .file("task/10/syscall", "61 0x1f 0x7ffd 0x0 0x0 0x0 0x0 0x7ffe 0x7f1c\n")
                        .write());
        CASES.put("frozen-version-1", t -> {
            t.parent("app", "/srv/app")
                    .state('D')
                    .file("cgroup", "5:freezer:/a\n0::/\n")
                    .write();
            Path group = Files.createDirectories(t.folder.resolve("cgroup/freezer/a"));
            Files.writeString(group.resolve("freezer.state"), "FROZEN\n");
        });
    }

    private static void zombiesThemselves() {
        CASES.put("main-thread-left", t -> {
            t.parent("app", "/srv/app").write();
            t.zombie()
                    .threads(2)
                    .thread(22, 'S', 1001, "")
                    .file("task/22/wchan", "futex_wait_queue")
                    .write();
        });
        CASES.put("killed-thread-in-nfs", t -> {
            t.parent("app", "/srv/app").write();
            t.zombie()
                    .threads(2)
                    .thread(22, 'D', 1001, KILLED)
                    .file("task/22/wchan", "nfs_wait_bit_killable")
                    .write();
        });
    }

    private void pids(String cgroup, String current, String max) throws IOException {
        Path group = Files.createDirectories(folder.resolve("cgroup").resolve(cgroup));
        Files.writeString(group.resolve("pids.current"), current + "\n", StandardCharsets.US_ASCII);
        Files.writeString(group.resolve("pids.max"), max + "\n", StandardCharsets.US_ASCII);
    }
}
