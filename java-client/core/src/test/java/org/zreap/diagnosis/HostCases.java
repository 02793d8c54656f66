// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.zreap.diagnosis.HostTrees.ID;
import static org.zreap.diagnosis.HostTrees.INNER_ID;
import static org.zreap.diagnosis.HostTrees.IN_POD;

import java.util.LinkedHashMap;
import java.util.Map;
import org.zreap.diagnosis.HostTrees.Case;

/** Parents by what they are: hosts, inits, supervisors, containers. */
final class HostCases {

    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    static {
        hosts();
        initsAndSupervisors();
        places();
    }

    private HostCases() {}

    /** The cases by their names, in order. */
    static Map<String, Case> all() {
        return CASES;
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
}
