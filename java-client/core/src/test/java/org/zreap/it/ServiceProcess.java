// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.zreap.Transport;

/** The service as it is shipped, in a JVM of its own. */
final class ServiceProcess implements AutoCloseable {

    private final Process process;
    private final Path record;

    private ServiceProcess(Process process, Path record) {
        this.process = process;
        this.record = record;
    }

    /**
     * Starts it, and waits as long as that takes: a guest may be slow.
     *
     * @param folder where it keeps its state, and gets its policy
     * @param record the file of its record
     */
    static ServiceProcess start(Transport transport, Path folder, Path record, String policy) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), policy);
        Process process = Command.builder(List.of(
                        "serve",
                        "--transport=" + transport,
                        "--policy=" + folder.resolve("policy.yaml"),
                        "--record=" + record,
                        "--state=" + folder))
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        while (!said.toString().contains("zreap: started")) {
            String line = process.inputReader().readLine();
            assertNotNull(line, said.toString());
            said.append(line).append('\n');
        }
        return new ServiceProcess(process, record);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for an entry with all these texts. */
    void awaitRecord(String... parts) {
        Await.value(
                "an entry with " + String.join(" and ", parts),
                () -> count(parts) > 0 ? Optional.of(true) : Optional.empty());
    }

    /** How many entries have all these texts. */
    long count(String... parts) {
        if (Files.notExists(record)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(record)) {
            return lines.filter(line -> Stream.of(parts).allMatch(line::contains))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as systemd does. */
    void stop() throws InterruptedException {
        process.destroy();
        assertEquals(0, process.waitFor());
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
