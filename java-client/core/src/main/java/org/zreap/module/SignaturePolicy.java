// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zreap.internal.SystemFiles;
import org.zreap.module.ModuleProblem.Kind;

/**
 * Whether the kernel demands signed modules, and what to do if ours is not.
 *
 * <p>Immutable and so thread-safe.
 */
final class SignaturePolicy {

    /** The variable of the firmware: four bytes of attributes, then 1 while Secure Boot is on. */
    private static final String SECURE_BOOT =
            "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

    private static final int SECURE_BOOT_BYTES = 5;

    /** Certificates of DKMS: Debian's and Ubuntu's. */
    private static final List<String> CERTIFICATES = List.of("var/lib/shim-signed/mok/MOK.der", "var/lib/dkms/mok.pub");

    private static final Pattern LOCKED_DOWN = Pattern.compile("\\[(integrity|confidentiality)\\]");

    /** The parameters of the kernel's command line that make it demand signatures. */
    private static final Pattern BOOT_OPTION =
            Pattern.compile("(?<!\\S)(module\\.sig_enforce(=[1yY]\\S*)?|lockdown=(integrity|confidentiality))(?!\\S)");

    private final SystemFiles files;

    SignaturePolicy(SystemFiles files) {
        this.files = files;
    }

    /** Why the kernel demands a signature; empty if it does not, as far as zreap sees. */
    Optional<String> demand() {
        if (isLockedDown()) {
            return Optional.of("lockdown is in force (/sys/kernel/security/lockdown)");
        }
        return files.line("sys/module/module/parameters/sig_enforce")
                .filter("Y"::equals)
                .map(on -> "sig_enforce is on (/sys/module/module/parameters/sig_enforce: Y)");
    }

    /**
     * The obstacle to loading a module with this information; empty if there is none.
     */
    Optional<ModuleProblem> against(Optional<ModuleInfo> module) {
        Optional<String> demand = demand();
        if (demand.isEmpty() || module.isEmpty()) {
            return Optional.empty();
        }
        String must = "the kernel loads signed modules only: " + demand.get();
        if (!module.get().isSigned()) {
            return Optional.of(new ModuleProblem(Kind.UNSIGNED, must + "; the module is not signed", remedyUnsigned()));
        }
        return module.get()
                .signer()
                .filter(signer -> knownKeys()
                        .filter(keys -> !keys.contains(" " + signer + ": "))
                        .isPresent())
                .map(signer -> new ModuleProblem(
                        Kind.KEY_NOT_ENROLLED,
                        must + "; the module is signed by \"" + signer + "\", and /proc/keys has no key of that name",
                        remedyForeignKey()));
    }

    /** What to do if the kernel refused a module for its signature. */
    String remedy(Optional<ModuleInfo> module) {
        if (module.filter(ModuleInfo::isSigned).isPresent()) {
            return remedyForeignKey();
        }
        if (module.isPresent()) {
            return remedyUnsigned();
        }
        return "sign the module with a key that the kernel trusts" + withoutOption();
    }

    private String remedyUnsigned() {
        if (!isUefi()) {
            return noEnrolment("sign the module with a key that is built into the kernel");
        }
        Optional<String> dkms = new Builds(files)
                .dkmsVersion()
                .map(version -> "dkms build --force zreap/" + version + " && dkms install --force zreap/" + version);
        String sign = dkms.map(command -> "let DKMS sign it: " + command).orElse("sign it");
        return sign + ", then enrol the key: " + enrol();
    }

    private String remedyForeignKey() {
        return isUefi()
                ? "enrol the key: " + enrol()
                : noEnrolment("sign the module with a key that is built into the kernel");
    }

    private String enrol() {
        String command = "mokutil --import "
                + CERTIFICATES.stream()
                        .filter(files::has)
                        .findFirst()
                        .map(SystemFiles::shown)
                        .orElse("CERTIFICATE")
                + ", and choose Enroll MOK at the console during the next boot";
        if (!isSecureBootOn()) {
            return command + withoutOption()
                    + "; Secure Boot is not on: zreap does not know whether this kernel reads enrolled keys then";
        }
        // Under Secure Boot distributions lock the kernel down, even if nothing else asks for it.
        return isLockedDown() && bootOption().isEmpty()
                ? command + "; or turn Secure Boot off in the firmware"
                : command;
    }

    private String noEnrolment(String remedy) {
        return remedy + withoutOption() + "; a machine that was not started by UEFI can enrol no other key";
    }

    private String withoutOption() {
        return bootOption()
                .map(option -> "; or boot without " + option + " on the kernel's command line")
                .orElse("");
    }

    private Optional<String> bootOption() {
        Matcher option = BOOT_OPTION.matcher(files.line("proc/cmdline").orElse(""));
        return option.find() ? Optional.of(option.group()) : Optional.empty();
    }

    private boolean isLockedDown() {
        return LOCKED_DOWN
                .matcher(files.line("sys/kernel/security/lockdown").orElse(""))
                .find();
    }

    private boolean isUefi() {
        return files.has("sys/firmware/efi");
    }

    private boolean isSecureBootOn() {
        return files.bytes(SECURE_BOOT)
                .filter(variable -> variable.length == SECURE_BOOT_BYTES && variable[SECURE_BOOT_BYTES - 1] == 1)
                .isPresent();
    }

    /**
     * The kernel's keys, if the kernel shows them to this process. Other processes see only their
     * own keys.
     */
    private Optional<String> knownKeys() {
        return files.text("proc/keys").filter(keys -> keys.contains(" asymmetri "));
    }
}
