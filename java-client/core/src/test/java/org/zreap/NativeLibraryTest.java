// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.zreap.it.Jvm;

/** The library in JVMs that cannot load JNA or its native part. */
@ParameterizedClass
@MethodSource("javas")
class NativeLibraryTest {

    private static final String PERMIT = "--enable-native-access=ALL-UNNAMED";

    @Parameter
    private Jvm java;

    @TempDir
    private Path folder;

    static List<Jvm> javas() throws IOException {
        return Jvm.allHere();
    }

    @Test
    void saysThatJnaCannotUnpackItsLibrary() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertUnusable(java.with("-Djna.tmpdir=" + file.resolve("below")), "-Djna.tmpdir=FOLDER");
        assertUsable(java.with("-Djna.tmpdir=" + folder));
    }

    @Test
    void saysThatTheInstalledLibraryIsMissing() throws Exception {
        Jvm installed = java.with("-Djna.nosys=true", "-Djna.nounpack=true");

        assertUnusable(
                installed.with("-Djna.boot.library.path=" + folder),
                "see that this user can read libjnidispatch.so in " + folder);
        assertUnusable(installed, "-Djna.boot.library.path=FOLDER, or leave out -Djna.nounpack");
    }

    @Test
    void saysThatTheInstalledLibraryIsOfAnotherMachine() throws Exception {
        Files.writeString(folder.resolve("libjnidispatch.so"), "no library");

        assertUnusable(
                java.with("-Djna.nounpack=true", "-Djna.boot.library.path=" + folder),
                "and that it is for " + System.getProperty("os.arch"));
    }

    @Test
    void saysThatThereIsNoJna() throws Exception {
        assertUnusable(java.without("jna-"), "put jna.jar on the class path");
    }

    /** Java knows the option from version 24 on, and says of itself that it does not know it before. */
    @Test
    void saysThatNativeAccessIsDenied() throws Exception {
        Jvm denying = java.with("--illegal-native-access=deny");

        if (java.feature() >= 24) {
            assertUnusable(denying, PERMIT);
            assertUsable(denying.with(PERMIT));
        } else {
            assertTrue(denying.run(LibraryUser.class).err().contains("Unrecognized option"));
        }
    }

    private static void assertUnusable(Jvm java, String remedy) throws Exception {
        Jvm.Ended ended = java.run(LibraryUser.class);
        Jvm.Ended tried = java.run(LibraryUser.class, LibraryUser.TRY_JNA_BEFORE);

        List<String> expected = new ArrayList<>(List.of("unavailable NATIVE_LIBRARY", "unavailable NATIVE_LIBRARY"));
        for (String use : LibraryUser.USES.keySet()) {
            expected.add(use + ": NativeLibraryException");
        }
        expected.addAll(List.of("scanned", "diagnosed", "signal: done"));
        for (Jvm.Ended one : List.of(ended, tried)) {
            assertEquals(0, one.code(), one.err());
            List<String> lines = one.out().lines().toList();
            assertEquals(expected, lines.subList(1, lines.size()), one.err());
            String said = lines.get(0);
            assertTrue(said.startsWith("cannot load the native library of JNA ("), said);
            assertTrue(said.contains(remedy), said);
        }
    }

    private static void assertUsable(Jvm java) throws Exception {
        Jvm.Ended ended = java.run(LibraryUser.class);

        assertTrue(ended.out().contains("unavailable MODULE_MISSING"), ended::toString);
    }
}
