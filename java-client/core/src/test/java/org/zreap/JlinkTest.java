// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.it.Jvm;

/** Programs that use the library, in run-time images that jlink makes. */
class JlinkTest {

    private static final String MODULE = "module app { requires org.zreap; }";

    private static final String PROGRAM = """
            package app;

            public class Main {
                public static void main(String... arguments) {
                    System.out.println(org.zreap.Zreap.availability());
                    org.zreap.ZombieScanner.system().scan();
                    System.out.println("scanned");
                }
            }
            """;

    private static final Jvm JAVA = Jvm.likeThis();

    @TempDir
    private Path folder;

    /** jlink takes no automatic modules, and jna.jar is one; jna-jpms.jar has the same classes. */
    @Test
    void theLibraryIsAModuleOfTheImage() throws Exception {
        Path app = compile();
        String modules = path(
                app,
                Path.of("target/classes"),
                Path.of("target/jlink/jna-jpms.jar"),
                jar("commons-io-"),
                jar("slf4j-api-"));

        Path image = link(
                "--module-path",
                modules,
                "--add-modules",
                "app",
                "--add-options",
                " --enable-native-access=com.sun.jna");

        String program = run(image.resolve("bin/java").toString(), "-m", "app/app.Main");
        assertTrue(program.startsWith("Unavailable[reason=MODULE_MISSING, "), program);
        assertTrue(program.endsWith("scanned\n"), program);
    }

    /** JNA needs the one, and the library the other, by reflection: jdeps does not find it. */
    @Test
    void theLibraryIsOnTheClassPathOfTheImage() throws Exception {
        List<String> said = use(link("--add-modules", "java.logging,jdk.unsupported"));

        assertTrue(said.contains("unavailable MODULE_MISSING"), said::toString);
        assertTrue(said.contains("diagnosed"), said::toString);
        assertEquals("signal: done", said.get(said.size() - 1));
    }

    @Test
    void saysWhatTheImageLacks() throws Exception {
        List<String> said = use(link("--add-modules", "java.base"));

        assertTrue(
                said.get(0).endsWith("): add the module that has java.util.logging.Logger to this Java"), said.get(0));
        assertTrue(said.contains("unavailable NATIVE_LIBRARY"), said::toString);
        assertEquals("signal: ZreapException", said.get(said.size() - 1));
    }

    private static List<String> use(Path image) throws Exception {
        Jvm.Ended ended = new Jvm(image, JAVA.classPath(), List.of()).run(LibraryUser.class);
        assertEquals(0, ended.code(), ended.err());
        return ended.out().lines().toList();
    }

    private Path compile() throws Exception {
        Path module = Files.writeString(folder.resolve("module-info.java"), MODULE);
        Path program = Files.writeString(folder.resolve("Main.java"), PROGRAM);
        Path app = folder.resolve("app");
        String needed =
                path(Path.of("target/classes"), jar("jna-"), jar("commons-io-"), jar("slf4j-api-"), jar("jspecify-"));
        run(tool("javac"), "-d", app.toString(), "-p", needed, module.toString(), program.toString());
        return app;
    }

    private Path link(String... options) throws Exception {
        Path image = folder.resolve("image");
        run(Stream.concat(Stream.of(tool("jlink"), "--output", image.toString()), Arrays.stream(options))
                .toArray(String[]::new));
        return image;
    }

    private static String tool(String name) {
        return JAVA.home().resolve("bin").resolve(name).toString();
    }

    private static String run(String... line) throws Exception {
        Jvm.Ended ended = Jvm.run(List.of(line));
        assertEquals(0, ended.code(), ended.out() + ended.err());
        return ended.out();
    }

    private static Path jar(String prefix) {
        return Arrays.stream(JAVA.classPath().split(File.pathSeparator))
                .map(Path::of)
                .filter(element -> element.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private static String path(Path... elements) {
        return Arrays.stream(elements).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
