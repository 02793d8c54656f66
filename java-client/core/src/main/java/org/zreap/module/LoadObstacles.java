// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.access.Caller;
import org.zreap.module.ModuleProblem.Kind;

/**
 * The obstacles to loading the module, apart from its file.
 *
 * <p>Immutable and so thread-safe.
 */
final class LoadObstacles {

    private static final String BLACKLIST = "module_blacklist=";

    private final SystemFiles files;
    private final Caller caller;

    LoadObstacles(SystemFiles files) {
        this.files = files;
        this.caller = new Caller(files);
    }

    /** The obstacle that keeps every process from loading it until the next boot. */
    Optional<ModuleProblem> untilBoot() {
        if (isDisabled()) {
            return Optional.of(new ModuleProblem(
                    Kind.MODULES_DISABLED,
                    "the kernel loads no module until the next boot (kernel.modules_disabled=1)",
                    "boot; load the module before kernel.modules_disabled is set"));
        }
        return isBlacklisted()
                ? Optional.of(new ModuleProblem(
                        Kind.BLACKLISTED,
                        "the kernel's command line forbids the module (module_blacklist has zreap)",
                        "boot without zreap in module_blacklist"))
                : Optional.empty();
    }

    /** What to do if the kernel does not permit this process to load the module. */
    String remedyOfLoad(Supplier<String> signature) {
        if (isDisabled() || caller.lacks(Caller.CAP_SYS_MODULE)) {
            return remedyOfUnload();
        }
        if (isBlacklisted()) {
            return "boot without zreap in module_blacklist on the kernel's command line";
        }
        return new SignaturePolicy(files).demand().isPresent() ? signature.get() : remedyOfUnload();
    }

    /** What to do if the kernel does not permit this process to unload the module. */
    String remedyOfUnload() {
        if (isDisabled()) {
            return "modules are disabled until the next boot (kernel.modules_disabled=1)";
        }
        return caller.has(Caller.CAP_SYS_MODULE)
                ? "run outside the container, or see in the kernel log which security module forbids it:"
                        + " this process has CAP_SYS_MODULE"
                : "run as root with CAP_SYS_MODULE";
    }

    private boolean isDisabled() {
        return files.line("proc/sys/kernel/modules_disabled")
                .filter("1"::equals)
                .isPresent();
    }

    private boolean isBlacklisted() {
        return Stream.of(files.line("proc/cmdline").orElse("").split(" "))
                .filter(word -> word.startsWith(BLACKLIST))
                .flatMap(
                        word -> Arrays.stream(word.substring(BLACKLIST.length()).split(",")))
                .anyMatch("zreap"::equals);
    }
}
