// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.util.Optional;
import org.zreap.internal.SystemFiles;
import org.zreap.module.ModuleProblem.Kind;

/**
 * Why there is no module for a kernel.
 *
 * <p>Immutable and so thread-safe.
 */
final class Builds {

    private static final String DKMS = "var/lib/dkms/zreap";

    private final SystemFiles files;
    private final Kernels kernels;

    Builds(SystemFiles files) {
        this.files = files;
        this.kernels = new Kernels(files);
    }

    /** Why the running kernel has no module. */
    ModuleProblem missing(String release) {
        String none = "the module is not built for the running kernel " + release;
        if (!kernels.hasHeaders(release)) {
            return new ModuleProblem(
                    Kind.HEADERS_MISSING,
                    none + ", whose headers are not installed (" + SystemFiles.shown(Kernels.build(release))
                            + " leads to none)",
                    headers(release) + (isInDkms() ? "" : "; then " + build(release)));
        }
        return failedLog(release)
                .map(log -> new ModuleProblem(
                        Kind.BUILD_FAILED,
                        none + ": DKMS failed to build it, see " + SystemFiles.shown(log),
                        "mend what the log says, then: " + build(release)))
                .orElseGet(() -> new ModuleProblem(
                        Kind.NOT_BUILT,
                        none + ", whose headers are installed"
                                + (isInDkms() ? "; DKMS has the sources" : "; DKMS does not have the sources"),
                        build(release)));
    }

    /** The problem that a newer kernel has no module. */
    ModuleProblem missingForNewer(String release) {
        boolean hasHeaders = kernels.hasHeaders(release);
        return new ModuleProblem(
                Kind.NOT_BUILT_FOR_NEWER_KERNEL,
                "the module is not built for the installed kernel " + release + ", which is newer than the running one"
                        + (hasHeaders ? "" : "; its headers are not installed"),
                hasHeaders ? build(release) : headers(release) + (isInDkms() ? "" : "; then " + build(release)));
    }

    /** The version whose sources DKMS has. */
    Optional<String> dkmsVersion() {
        return files.names(DKMS).stream()
                .filter(name -> files.has(files.target(DKMS + "/" + name + "/source")))
                .reduce((first, last) -> last);
    }

    private boolean isInDkms() {
        return dkmsVersion().isPresent();
    }

    /** The log that DKMS leaves in its build folder when a build for this kernel fails. */
    private Optional<String> failedLog(String release) {
        return files.names(DKMS).stream()
                .map(version -> DKMS + "/" + version + "/build/make.log")
                .filter(log -> files.line(log).orElse("").contains(" for kernel " + release + " "))
                .reduce((first, last) -> last);
    }

    private String headers(String release) {
        return files.has("etc/debian_version")
                ? "apt-get install linux-headers-" + release
                : "install the headers of kernel " + release + " from where that kernel came";
    }

    private String build(String release) {
        return isInDkms()
                ? "dkms autoinstall -k " + release
                : "make -C kmod KDIR=/lib/modules/" + release + "/build modules modules_install, in zreap's sources";
    }
}
