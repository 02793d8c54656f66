// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import org.zreap.module.KernelModule;

/**
 * The kernel module is not there, for one of these reasons: it is not loaded; this process cannot
 * find it (another mount of procfs, another network namespace); it was unloaded during a request;
 * or {@link KernelModule#load(java.util.Map)} finds no module for the running kernel.
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
