// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files of a Debian machine as modules and their tools leave them. */
public final class MachineTree {

    static final String RUNNING = "6.1.0-18-amd64";
    static final String INSTALLED = "lib/modules/" + RUNNING + "/updates/dkms/zreap.ko";

    private final Path root;

    public MachineTree(Path root) {
        this.root = root;
    }

    /** A machine that runs Debian, without headers, DKMS or module. */
    MachineTree bare() throws IOException {
        return file("proc/sys/kernel/osrelease", RUNNING + "\n")
                .file("proc/sys/kernel/modules_disabled", "0\n")
                .file("proc/cmdline", "BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro quiet\n")
                .file("etc/debian_version", "12.5\n")
                .kernel(RUNNING);
    }

    /** A kernel that can be booted. */
    MachineTree kernel(String release) throws IOException {
        return file("boot/vmlinuz-" + release, "").folder("lib/modules/" + release + "/kernel");
    }

    MachineTree headers(String release) throws IOException {
        return folder("usr/src/linux-headers-" + release + "/include")
                .link("lib/modules/" + release + "/build", "/usr/src/linux-headers-" + release);
    }

    MachineTree dkms(String version) throws IOException {
        return link("var/lib/dkms/zreap/" + version + "/source", "/usr/src/zreap-" + version)
                .folder("usr/src/zreap-" + version);
    }

    /** As the package leaves it: built, and asked for at boot. */
    MachineTree installed() throws IOException {
        return bare().headers(RUNNING)
                .dkms("0.2.0")
                .file(INSTALLED, "")
                .file("etc/modules-load.d/zreap.conf", "# comment\nzreap\n");
    }

    MachineTree loaded(String version, String srcversion) throws IOException {
        return file("sys/module/zreap/refcnt", "0\n")
                .file("sys/module/zreap/version", version + "\n")
                .file("sys/module/zreap/srcversion", srcversion + "\n")
                .file("sys/kernel/zreap/version", version + "\n")
                .file("sys/kernel/zreap/options", "min-age dry-run gentle force parent to signal\n");
    }

    /** Capabilities of root, in the user namespace of the machine. */
    public MachineTree root() throws IOException {
        return capabilities("000001ffffffffff").file("proc/self/uid_map", "         0          0 4294967295\n");
    }

    public MachineTree capabilities(String mask) throws IOException {
        return status("0", mask);
    }

    /** Of a process with this user ID and these capabilities. */
    public MachineTree status(String uid, String mask) throws IOException {
        String ids = String.join("\t", uid, uid, uid, uid);
        return file("proc/self/status", "Name:\tjava\nUid:\t" + ids + "\nCapEff:\t" + mask + "\n");
    }

    MachineTree secureBoot(int value) throws IOException {
        Path variable = root.resolve("sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c");
        Files.createDirectories(variable.getParent());
        Files.write(variable, new byte[] {6, 0, 0, 0, (byte) value});
        return this;
    }

    MachineTree sigEnforce() throws IOException {
        return file("sys/module/module/parameters/sig_enforce", "Y\n");
    }

    MachineTree lockdown(String level) throws IOException {
        return file(
                "sys/kernel/security/lockdown",
                "none integrity confidentiality".replace(level, "[" + level + "]") + "\n");
    }

    public MachineTree file(String name, String text) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    public MachineTree folder(String name) throws IOException {
        Files.createDirectories(root.resolve(name));
        return this;
    }

    public MachineTree link(String name, String target) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(path);
        Files.createSymbolicLink(path, Path.of(target));
        return this;
    }

    MachineTree without(String name) throws IOException {
        Files.delete(root.resolve(name));
        return this;
    }
}
