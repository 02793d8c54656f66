// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/** A process that waits for zombies when SIGUSR1 tells it of them, and says what it got. */
final class Adopter implements AutoCloseable {

    private static final String WAITS_AND_TELLS = """
            use POSIX ":sys_wait_h";
            $| = 1;
            $SIG{USR1} = sub { while ((my $pid = waitpid(-1, WNOHANG)) > 0) { print "$pid $?\\n" } };
            print "ready\\n";
            sleep 1 while 1;
            """;

    private final Process process;
    private final BufferedReader output;

    private Adopter(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    static Adopter start() {
        try {
            Adopter adopter = new Adopter(new ProcessBuilder("perl", "-e", WAITS_AND_TELLS)
                    .directory(FileUtils.getTempDirectory())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            adopter.nextLine();
            return adopter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** The next PID that it has waited for, with the wait status. */
    String nextLine() {
        try {
            return Optional.ofNullable(output.readLine())
                    .orElseThrow(() -> new AssertionError("adopter " + pid() + " is dead"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
