// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.zreap.Transport;
import org.zreap.Zombie;

/** What the service does on a machine in peace. */
@ParameterizedClass
@EnumSource(Transport.class)
class ServeIT {

    private static final String FAST = "version: 1\nmode: act\nscan: {fastest: 100ms, slowest: 200ms}\n";

    @Parameter
    private Transport transport;

    @TempDir
    private Path folder;

    private Optional<ServiceProcess> service = Optional.empty();

    @AfterEach
    void end() {
        service.ifPresent(ServiceProcess::close);
    }

    @Test
    void reapsAsThePolicySaysAndKeepsTheExitStatus() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7");
                LivingParent stopped = LivingParent.of("exit 8")) {
            Zombie zombie = parent.zombie();
            stopped.zombie();
            stopped.stop();
            start(FAST + "rules: [{name: all, match: {command: sleep, min-age: 1s}, steps: [nudge, reap],"
                    + " pause: 1s}]\n");

            awaitRecord("\"result\":\"reaped\"");
            awaitRecord("\"type\":\"left\"");

            String history = Command.run(0, List.of("history", "--record=" + record(), "--parent=" + parent.pid()));
            assertTrue(
                    history.lines()
                            .anyMatch(line -> line.contains(" all ")
                                    && line.contains(" reap ")
                                    && line.contains(" " + zombie.pid() + " ")
                                    && line.contains("reaped, exited 7")),
                    history);
            assertTrue(parent.isAlive());
            assertEquals(1, stopped.zombies().size());
            service.get().stop();
        }
    }

    @Test
    void nudgesNobodyTwiceThoughItIsKilled() throws Exception {
        String policy = FAST + "rules: [{name: all, match: {command: sleep, min-age: 0s}, steps: nudge, pause: 1s}]\n";
        try (LivingParent parent = LivingParent.of("exit 7", "exit 8")) {
            parent.zombies(2);
            start(policy);
            awaitRecord("\"step\":\"nudge\"");
            service.get().close();
            long reports = count("\"type\":\"report\"");
            start(policy);
            Await.value(
                    "a report of the second service",
                    () -> count("\"type\":\"report\"") > reports ? Optional.of(true) : Optional.empty());

            service.get().stop();
            assertEquals(1, count("\"step\":\"nudge\""));
        }
    }

    private void start(String policy) throws IOException {
        service = Optional.of(ServiceProcess.start(transport, folder, record(), policy));
    }

    private Path record() {
        return folder.resolve("record.jsonl");
    }

    private void awaitRecord(String part) {
        service.orElseThrow().awaitRecord(part);
    }

    private long count(String part) {
        return service.orElseThrow().count(part);
    }
}
