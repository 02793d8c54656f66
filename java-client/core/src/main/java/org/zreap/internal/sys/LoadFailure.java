// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import java.util.Optional;
import org.zreap.Failure;
import org.zreap.NativeLibraryException;

/**
 * Why JNA cannot be loaded, and what helps.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param thrown what JNA or the JVM threw
 */
record LoadFailure(Throwable thrown) {

    private static final String PERMIT = "permit native access: start Java with --enable-native-access=ALL-UNNAMED, or"
            + " with --enable-native-access=com.sun.jna if JNA is on the module path";

    private static final String ADD_JNA = "put jna.jar on the class path or module path";

    private static final String NAME_FOLDER = "if JNA's folder for temporary files is missing, read-only or mounted"
            + " noexec, name another one by -Djna.tmpdir=FOLDER; otherwise name a folder that has the libjnidispatch.so"
            + " of this system and of the same JNA by -Djna.boot.library.path=FOLDER";

    /** The exception for a call. */
    NativeLibraryException toException() {
        return new NativeLibraryException(
                Failure.of("cannot load the native library of JNA (" + reason() + ")", remedy())
                        .withCause(thrown));
    }

    private String remedy() {
        Throwable root = root();
        // If other code has tried JNA before, the JVM only keeps the text of what was thrown then.
        if (root.toString().contains(IllegalCallerException.class.getName())) {
            return PERMIT;
        }
        if (root instanceof ClassNotFoundException) {
            String missing = String.valueOf(root.getMessage());
            return missing.startsWith("java.") ? "add the module that has " + missing + " to this Java" : ADD_JNA;
        }
        return Boolean.getBoolean("jna.nounpack") ? installed() : NAME_FOLDER;
    }

    /** JNA then unpacks no library. */
    private static String installed() {
        return Optional.ofNullable(System.getProperty("jna.boot.library.path"))
                .map(folder -> "see that this user can read libjnidispatch.so in " + folder + ", and that it is for "
                        + System.getProperty("os.arch"))
                .orElse("name the folder of libjnidispatch.so by -Djna.boot.library.path=FOLDER, or leave out"
                        + " -Djna.nounpack");
    }

    /** In one line. */
    private String reason() {
        Throwable root = root();
        return Optional.ofNullable(root.getMessage())
                .map(message -> message.strip().replaceAll("\\s*\\R\\s*", ", "))
                .filter(message -> !(root instanceof ClassNotFoundException))
                .orElseGet(root::toString);
    }

    private Throwable root() {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
