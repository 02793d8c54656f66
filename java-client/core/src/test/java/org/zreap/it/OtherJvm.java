// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.IOUtils;

/**
 * JVMs with the same class path and other rights, given by a command such as setpriv(1) before
 * them.
 */
final class OtherJvm {

    private final Path readable;
    private final String classPath;

    private OtherJvm(Path readable, String classPath) {
        this.readable = readable;
        this.classPath = classPath;
    }

    /** The class path is copied: the tree itself may lie where only root can read. */
    static OtherJvm in(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> copies = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path original = Path.of(element);
            Path copy = folder.resolve(copies.size() + "-" + original.getFileName());
            if (Files.isDirectory(original)) {
                FileUtils.copyDirectory(original.toFile(), copy.toFile());
            } else {
                Files.copy(original, copy);
            }
            copies.add(copy.toString());
        }
        return new OtherJvm(folder, String.join(File.pathSeparator, copies));
    }

    /** What a program prints, which must end well. */
    String run(List<String> wrapper, Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(Jvm.emulated());
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        Process client = new ProcessBuilder(command)
                .directory(readable.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = IOUtils.toString(client.getInputStream(), StandardCharsets.UTF_8);
        assertEquals(0, client.waitFor(), said);
        return said.lines().collect(Collectors.joining());
    }
}
