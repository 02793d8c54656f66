// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.UnixDatagrams;

/**
 * Tells systemd how the service is, as sd_notify(3) describes it. Without systemd it does nothing.
 * A message that cannot be sent is dropped: systemd then acts by its time-outs.
 *
 * <p>Not thread-safe: one thread uses it.
 */
final class SystemdNotifier implements AutoCloseable {

    /** How often to show life, as a part of the time after which systemd takes the service for dead. */
    private static final int BEATS = 4;

    private final Optional<UnixDatagrams> socket;
    private final Optional<Duration> beat;
    private final Runnable complaint;
    private long lastBeat;
    private String lastStatus = "";
    private boolean hasFailed;

    private SystemdNotifier(Optional<UnixDatagrams> socket, Optional<Duration> beat, Runnable complaint) {
        this.socket = socket;
        this.beat = beat;
        this.complaint = complaint;
        this.lastBeat = System.nanoTime();
    }

    /**
     * Connects to the socket that the environment names.
     *
     * @param environment has {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID}
     * @param pid the PID of this process
     * @param complaint is run once, at the first message that cannot be sent
     */
    static SystemdNotifier of(Map<String, String> environment, long pid, Runnable complaint) {
        Optional<UnixDatagrams> socket = Optional.empty();
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (address.startsWith("/") || address.startsWith("@")) {
            try {
                socket = Optional.of(UnixDatagrams.to(address));
            } catch (ErrnoException e) {
                complaint.run();
            }
        }
        return new SystemdNotifier(socket, beat(environment, pid), complaint);
    }

    private static Optional<Duration> beat(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String owner = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
        return micros.matches("[1-9][0-9]{0,15}") && owner.equals(Long.toString(pid))
                ? Optional.of(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) / BEATS))
                : Optional.empty();
    }

    /** The service works, or works again after a reload. */
    void ready() {
        send("READY=1");
    }

    /** The service reads its policy again. */
    void reloading() {
        // On Linux, System.nanoTime is CLOCK_MONOTONIC, which systemd wants here.
        send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    /** The service ends. */
    void stopping() {
        send("STOPPING=1");
    }

    /** A line for {@code systemctl status}; nothing is sent if it is that of the last time. */
    void status(String line) {
        if (!line.equals(lastStatus)) {
            lastStatus = line;
            send("STATUS=" + line.replaceAll("\\p{Cntrl}", "?"));
        }
    }

    /** The service lives. You may call this as often as you like. */
    void heartbeat() {
        long now = System.nanoTime();
        if (beat.isPresent() && now - lastBeat >= beat.get().toNanos()) {
            lastBeat = now;
            send("WATCHDOG=1");
        }
    }

    private void send(String message) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            socket.get().send(message.getBytes(StandardCharsets.UTF_8));
        } catch (ErrnoException e) {
            if (!hasFailed) {
                complaint.run();
            }
            hasFailed = true;
        }
    }

    @Override
    public void close() {
        try {
            if (socket.isPresent()) {
                socket.get().close();
            }
        } catch (ErrnoException e) {
            complaint.run();
        }
    }
}
