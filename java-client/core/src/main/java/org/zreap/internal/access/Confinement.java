// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.access;

/**
 * The policy of a security module on this process.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param module the security module
 * @param label the profile with its mode, or the security context, as the kernel shows it
 */
public record Confinement(Module module, String label) {

    /** The security modules that show a process its policy. */
    public enum Module {
        /** AppArmor. */
        APPARMOR,
        /** SELinux. */
        SELINUX
    }

    /** The policy for people, such as {@code AppArmor's profile docker-default (enforce)}. */
    @Override
    public String toString() {
        return switch (module) {
            case APPARMOR -> "AppArmor's profile " + label;
            case SELINUX -> "SELinux's policy for " + label;
        };
    }
}
