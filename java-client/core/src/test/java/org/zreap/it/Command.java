// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.IOUtils;

/** The command zreap in a JVM of its own, which starts as fast as it can, as an installed one does. */
final class Command {

    private static final String BUILT = "java-client/cli/target/";

    private Command() {}

    /** What it prints, its complaints included, before it ends as expected. */
    static String run(int expectedExit, List<String> arguments) throws IOException, InterruptedException {
        return run(expectedExit, builder(arguments).redirectErrorStream(true));
    }

    /** What it prints to where this one can read it, before it ends as expected. */
    static String run(int expectedExit, ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.start();
        String output = IOUtils.toString(process.getInputStream(), StandardCharsets.UTF_8);
        assertEquals(expectedExit, process.waitFor(), output);
        return output;
    }

    static ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(Jvm.emulated());
        command.addAll(List.of(
                "-XX:SharedArchiveFile=" + BUILT + "classes.jsa",
                "-Djna.platform.library.path=",
                "-jar",
                BUILT + "zreap-cli.jar"));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
