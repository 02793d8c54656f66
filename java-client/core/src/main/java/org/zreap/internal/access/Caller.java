// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.access;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.proc.ProcStatus;

/**
 * The rights of this process: its capabilities, and the AppArmor and SELinux policies on it.
 *
 * <p>Immutable and so thread-safe.
 */
public final class Caller {

    /** As in capabilities(7). */
    public static final int CAP_KILL = 5;
    /** As in capabilities(7). */
    public static final int CAP_SYS_MODULE = 16;

    /** The map of the initial user namespace: every ID maps to itself. */
    private static final String WHOLE_UID_MAP = "0 0 4294967295";

    private static final int CAP_DAC_OVERRIDE = 1;

    /** A profile in complain mode still enforces its deny rules. */
    private static final Pattern APPARMOR = Pattern.compile("(.+) \\((enforce|kill|complain|mixed|prompt|user)\\)");

    private static final Pattern SELINUX = Pattern.compile("[^: ]+:[^: ]+:[^: ]+(:[^ ]+)?");

    private final SystemFiles files;

    /**
     * Asks about this process.
     *
     * @param files the machine's files
     */
    public Caller(SystemFiles files) {
        this.files = files;
    }

    /** Whether it certainly lacks a capability in the initial user namespace. */
    public boolean lacks(int capability) {
        return isOfOtherUserNamespace() || lacksInItsNamespace(capability);
    }

    /** Whether it certainly lacks a capability even in its own user namespace. */
    public boolean lacksInItsNamespace(int capability) {
        return status().filter(status -> !status.bit("CapEff", capability)).isPresent();
    }

    /** Whether it certainly has a capability in the initial user namespace. */
    public boolean has(int capability) {
        return !isOfOtherUserNamespace()
                && status().filter(status -> status.bit("CapEff", capability)).isPresent();
    }

    /** Whether it may open a file whose mode admits only root. */
    public boolean mayOpenFilesOfRoot() {
        return has(CAP_DAC_OVERRIDE) || (!isOfOtherUserNamespace() && isRoot());
    }

    /** The policy on it; empty if it sees none that can forbid anything. */
    public Optional<Confinement> confinement() {
        String current = files.line("proc/self/attr/apparmor/current")
                .or(() -> files.line("proc/self/attr/current"))
                .map(label -> label.replace("\0", ""))
                .orElse("");
        if (APPARMOR.matcher(current).matches()) {
            return Optional.of(new Confinement(Confinement.Module.APPARMOR, current));
        }
        boolean isEnforcing =
                files.line("sys/fs/selinux/enforce").filter("1"::equals).isPresent();
        return isEnforcing && SELINUX.matcher(current).matches()
                ? Optional.of(new Confinement(Confinement.Module.SELINUX, current))
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
