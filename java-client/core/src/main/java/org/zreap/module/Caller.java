// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zreap.internal.proc.ProcStatus;

/**
 * The rights of this process: its capabilities, and the AppArmor and SELinux policies on it.
 *
 * <p>Immutable and so thread-safe.
 */
final class Caller {

    /** As in capabilities(7). */
    static final int CAP_KILL = 5;
    /** As in capabilities(7). */
    static final int CAP_SYS_MODULE = 16;

    /** The map of the initial user namespace: every ID maps to itself. */
    private static final String WHOLE_UID_MAP = "0 0 4294967295";

    private static final int CAP_DAC_OVERRIDE = 1;

    private static final Pattern APPARMOR = Pattern.compile("(.+) \\((enforce|kill)\\)");

    private static final Pattern SELINUX = Pattern.compile("[^: ]+:[^: ]+:[^: ]+(:[^ ]+)?");

    private final SystemFiles files;

    Caller(SystemFiles files) {
        this.files = files;
    }

    /** Whether it certainly lacks a capability in the initial user namespace. */
    boolean lacks(int capability) {
        return isOfOtherUserNamespace() || lacksInItsNamespace(capability);
    }

    /** Whether it certainly lacks a capability even in its own user namespace. */
    boolean lacksInItsNamespace(int capability) {
        return status().filter(status -> !status.bit("CapEff", capability)).isPresent();
    }

    /** Whether it certainly has a capability in the initial user namespace. */
    boolean has(int capability) {
        return !isOfOtherUserNamespace()
                && status().filter(status -> status.bit("CapEff", capability)).isPresent();
    }

    /** Whether it may open a file whose mode admits only root. */
    boolean mayOpenFilesOfRoot() {
        return has(CAP_DAC_OVERRIDE) || (!isOfOtherUserNamespace() && isRoot());
    }

    /**
     * The name of the policy in force on it, for people; empty if no policy can forbid anything.
     */
    Optional<String> confinement() {
        String current = files.line("proc/self/attr/apparmor/current")
                .or(() -> files.line("proc/self/attr/current"))
                .map(label -> label.replace("\0", ""))
                .orElse("");
        Matcher profile = APPARMOR.matcher(current);
        if (profile.matches()) {
            return Optional.of("AppArmor's profile " + profile.group(1));
        }
        boolean isEnforcing =
                files.line("sys/fs/selinux/enforce").filter("1"::equals).isPresent();
        return isEnforcing && SELINUX.matcher(current).matches()
                ? Optional.of("SELinux's policy for " + current)
                : Optional.empty();
    }

    /** By the user ID for file access, the last of four. */
    private boolean isRoot() {
        return status().map(status -> status.numbers("Uid"))
                .filter(ids -> !ids.isEmpty() && ids.get(ids.size() - 1) == 0)
                .isPresent();
    }

    private boolean isOfOtherUserNamespace() {
        return files.text("proc/self/uid_map")
                .filter(map -> !map.strip().replaceAll("\\s+", " ").equals(WHOLE_UID_MAP))
                .isPresent();
    }

    private Optional<ProcStatus> status() {
        return files.text("proc/self/status").map(text -> ProcStatus.parse(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
