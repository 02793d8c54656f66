// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.zreap.diagnosis.HostTrees.ID;
import static org.zreap.diagnosis.HostTrees.IN_POD;
import static org.zreap.diagnosis.HostTrees.POD;
import static org.zreap.diagnosis.HostTrees.ZOMBIE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.zreap.diagnosis.HostTrees.Case;

/** Parents by what happens to them, most of them after public reports. */
final class ScenarioCases {

    private static final String BLOCKS = "SigBlk:\t0000000000010000\n";
    private static final String KILLED = "SigPnd:\t0000000000000100\n";
    private static final long PF_EXITING = 4;
    private static final long PF_FORKNOEXEC = 0x40;

    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    static {
        scenarios();
        startScripts();
        namespaceInits();
        signals();
        zombiesThemselves();
    }

    private ScenarioCases() {}

    /** The cases by their names, in order. */
    static Map<String, Case> all() {
        return CASES;
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
        CASES.put("entry-point-waits-for-program", t -> {
            t.inner("timeout", "/usr/bin/timeout").wchan("do_wait").write();
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
}
