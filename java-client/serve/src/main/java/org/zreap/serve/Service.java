// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.zreap.Failure;
import org.zreap.ZreapException;
import org.zreap.internal.adopt.JvmSignal;
import org.zreap.internal.proc.ProcFs;
import org.zreap.serve.http.HttpServers;
import org.zreap.serve.metrics.ServiceMetrics;
import org.zreap.serve.page.PageHost;
import org.zreap.serve.policy.Mode;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.PolicyException;
import org.zreap.serve.policy.PolicyFile;
import org.zreap.serve.policy.Rule;
import org.zreap.serve.records.Entries;
import org.zreap.serve.records.RecordFile;
import org.zreap.serve.records.Recorder;
import org.zreap.serve.watch.LinuxMachine;
import org.zreap.serve.watch.ProgressFile;
import org.zreap.serve.watch.ServiceClock;
import org.zreap.serve.watch.Watch;

/**
 * The service: it looks after the zombies of this machine until SIGTERM or SIGINT. At SIGHUP it
 * reads its policy again and opens its record anew; if the new policy has faults, it keeps the old
 * one.
 *
 * <p>One thread does all the work. So the service needs no new process and no new thread when PIDs
 * run out. Only signals take a thread of the JVM for a moment. The status page has threads of its
 * own from its start.
 */
public final class Service {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private enum Signal {
        RELOAD,
        STOP
    }

    private final Settings settings;
    private final LinuxMachine machine;
    private final ServiceClock clock;
    private final PrintStream log;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    /**
     * A service.
     *
     * @param settings where it has its files
     * @param machine what it looks after
     * @param clock the clocks
     * @param log where it says what happens to itself
     */
    public Service(Settings settings, LinuxMachine machine, ServiceClock clock, PrintStream log) {
        this.settings = settings;
        this.machine = machine;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Runs until it is told to stop.
     *
     * @throws PolicyException if the policy has faults; nothing was done then
     * @throws ZreapException if another service runs, or a file cannot be opened
     * @throws IOException if the lock cannot be given back
     */
    @SuppressWarnings("try") // the lock and the signals are only held
    public void run() throws PolicyException, IOException {
        Policy policy = policy();
        try (SingleInstance instance = SingleInstance.in(settings.state());
                RecordFile record = RecordFile.open(settings.record(), clock::instant);
                SystemdNotifier systemd = SystemdNotifier.of(
                        System.getenv(),
                        ProcessHandle.current().pid(),
                        () -> log.println("zreap: cannot tell systemd how the service is (NOTIFY_SOCKET)"));
                PageHost page = new PageHost(record, log);
                JvmSignal reload = JvmSignal.replace("HUP", () -> signals.add(Signal.RELOAD));
                JvmSignal stop = JvmSignal.replace("TERM", () -> signals.add(Signal.STOP));
                JvmSignal interrupt = JvmSignal.replace("INT", () -> signals.add(Signal.STOP));
                ServiceMetrics metrics = new ServiceMetrics(
                        settings.module(), clock, this::log, text -> say(page, "metrics-failed", text))) {
            machine.prepare();
            Watch watch = new Watch(
                    machine,
                    clock,
                    page,
                    policy,
                    new ProgressFile(settings.state().resolve("progress"), bootId(), log),
                    systemd::heartbeat);
            HttpServers.setBounds();
            watch.listen(page);
            watch.listen(metrics);
            page.open(policy.statusPage());
            metrics.apply(policy.metrics());
            say(page, "started", described(policy));
            systemd.ready();
            loop(watch, record, systemd, page, metrics);
            systemd.stopping();
            say(page, "stopped", watch.status());
        }
    }

    private void loop(Watch watch, RecordFile record, SystemdNotifier systemd, PageHost page, ServiceMetrics metrics) {
        while (true) {
            Duration wait = watch.tick();
            metrics.refresh();
            systemd.status(watch.status());
            Optional<Signal> signal = await(wait);
            if (signal.equals(Optional.of(Signal.STOP))) {
                return;
            }
            if (signal.isPresent()) {
                systemd.reloading();
                reload(watch, record, page, metrics);
                systemd.ready();
            }
        }
    }

    private Optional<Signal> await(Duration wait) {
        try {
            return Optional.ofNullable(signals.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Signal.STOP);
        }
    }

    private void reload(Watch watch, RecordFile record, PageHost page, ServiceMetrics metrics) {
        record.reopen();
        try {
            Policy policy = policy();
            watch.setPolicy(policy);
            page.open(policy.statusPage());
            metrics.apply(policy.metrics());
            say(page, "policy-loaded", described(policy));
        } catch (PolicyException e) {
            e.lines().forEach(this::log);
            log("the old policy stays");
            metrics.policyRefused();
            page.add(
                    Entries.service(clock.instant(), "policy-refused", e.lines().get(0)));
        }
    }

    private void say(Recorder record, String event, String text) {
        log(event + ": " + text);
        record.add(Entries.service(clock.instant(), event, text));
    }

    private void log(String text) {
        log.println("zreap: " + text);
    }

    private Policy policy() throws PolicyException {
        if (settings.policy().isEmpty() && Files.notExists(PolicyFile.DEFAULT)) {
            return Policy.builtIn();
        }
        return PolicyFile.read(settings.policy().orElse(PolicyFile.DEFAULT));
    }

    /**
     * A policy in a line: its mode, the names of its rules, and whether it acts less than its mode says.
     *
     * @param policy the policy
     * @return the line
     */
    public static String described(Policy policy) {
        String line = "mode " + policy.mode().word() + ", rules: "
                + policy.rules().stream().map(Rule::name).collect(Collectors.joining(", "));
        boolean isIdle = policy.mode() == Mode.ACT && !policy.touches();
        return isIdle ? line + "; but no rule has a step that acts: it touches nothing" : line;
    }

    private static String bootId() {
        return ProcFs.textOf(BOOT_ID)
                .map(String::strip)
                .orElseThrow(() -> new ZreapException(Failure.of("cannot read " + BOOT_ID, "mount procfs at /proc")
                        .withPath(BOOT_ID)));
    }
}
