// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The kernel module is not loaded, or went away in the middle of a request.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ModuleMissingException extends ZreapException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public ModuleMissingException(Failure failure) {
        super(failure);
    }
}
