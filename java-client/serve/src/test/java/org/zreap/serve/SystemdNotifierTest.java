// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SystemdNotifierTest {

    private final AtomicInteger complaints = new AtomicInteger();

    @Test
    void doesNothingWithoutSystemd() {
        say(Map.of());
        say(Map.of("NOTIFY_SOCKET", ""));
        say(Map.of("NOTIFY_SOCKET", "vsock:2:1234", "WATCHDOG_USEC", "1"));

        assertEquals(0, complaints.get());
    }

    @Test
    void complainsOnceAboutASocketThatIsNotThere() {
        say(Map.of("NOTIFY_SOCKET", "/nonexistent/notify", "WATCHDOG_USEC", "1", "WATCHDOG_PID", "1"));

        assertEquals(1, complaints.get());
    }

    private void say(Map<String, String> environment) {
        try (SystemdNotifier systemd = SystemdNotifier.of(environment, 1, complaints::incrementAndGet)) {
            systemd.ready();
            systemd.status("well");
            systemd.heartbeat();
            systemd.reloading();
            systemd.stopping();
        }
    }
}
