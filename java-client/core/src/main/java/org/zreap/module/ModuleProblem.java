// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

/**
 * One thing that keeps the kernel module from being used, now or after the next boot.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param kind the kind of problem, for programs
 * @param problem the problem and what zreap saw, for people; without a full stop
 * @param remedy what to do about it: a command where one helps
 */
public record ModuleProblem(Kind kind, String problem, String remedy) {

    /** The kinds of problem. Later versions may add some. */
    public enum Kind {
        /** No module is built for the running kernel, and its headers are not installed. */
        HEADERS_MISSING,
        /** DKMS tried to build the module for the running kernel, and failed. */
        BUILD_FAILED,
        /** No module is built for the running kernel, for another reason. */
        NOT_BUILT,
        /** The kernel loads no module until the next boot. */
        MODULES_DISABLED,
        /** The kernel's command line forbids this module. */
        BLACKLISTED,
        /** The kernel demands a signature, and the module has none. */
        UNSIGNED,
        /**
         * The kernel demands a signature by a key that it knows, and does not know the key of this
         * signature.
         */
        KEY_NOT_ENROLLED,
        /**
         * The module is installed but not loaded. Zreap sees nothing that keeps it from being
         * loaded.
         */
        NOT_LOADED,
        /** The module is not loaded, and this container does not show why. */
        NOT_LOADED_ON_HOST,
        /** The loaded module is not the installed one. */
        OTHER_IS_LOADED,
        /** The loaded module does not know an option that this library's requests need. */
        TOO_OLD,
        /** No file asks for the module to be loaded at boot. */
        NOT_LOADED_AT_BOOT,
        /** A newer kernel is installed, and the module is not built for it. */
        NOT_BUILT_FOR_NEWER_KERNEL,
        /** The modes of the module's file keep this process out. */
        FILE_MODE,
        /** This process lacks CAP_KILL. */
        NO_CAP_KILL,
        /** A profile of AppArmor, or a policy of SELinux, keeps this process out. */
        CONFINED,
        /** This process is not in the network namespace of the netlink family. */
        OTHER_NETWORK_NAMESPACE;

        /**
         * Whether this problem is about a module that is not loaded now.
         *
         * @return false if it is about a loaded module, or about the next boot
         */
        public boolean isNotLoaded() {
            return compareTo(NOT_LOADED_ON_HOST) <= 0;
        }
    }
}
