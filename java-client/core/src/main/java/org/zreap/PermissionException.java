// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import org.zreap.event.EventSubscription;
import org.zreap.module.KernelModule;

/**
 * The kernel does not permit the caller to:
 *
 * <ul>
 *   <li>use the kernel module, because the caller lacks CAP_KILL in the initial user namespace, is
 *       in a container that the module does not serve, or is kept from the module's file by that
 *       file's modes or by a policy of AppArmor or SELinux;
 *   <li>{@linkplain EventSubscription listen to events}, because the caller lacks CAP_SYS_ADMIN in
 *       the initial user namespace;
 *   <li>{@linkplain KernelModule load or unload the module}, because the caller lacks
 *       CAP_SYS_MODULE, or the kernel takes no modules until the next boot, is locked down, or does
 *       not trust the module's signature.
 * </ul>
 *
 * <p>Immutable and so thread-safe.
 */
public final class PermissionException extends ZreapException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public PermissionException(Failure failure) {
        super(failure);
    }
}
