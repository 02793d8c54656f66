// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import org.zreap.module.KernelModule;

/**
 * The kernel module is not loaded, is not to be found from here (another mount of procfs, another
 * network namespace), went away in the middle of a request, or is not installed for the running
 * kernel where it is to be {@linkplain KernelModule#load(java.util.Map) loaded}.
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
