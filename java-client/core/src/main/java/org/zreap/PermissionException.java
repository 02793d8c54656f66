// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The caller may not use the kernel module: it lacks CAP_KILL in the initial user namespace, or is in a container to which
 * the module gives nothing.
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
