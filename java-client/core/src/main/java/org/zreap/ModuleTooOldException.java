// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/**
 * The kernel module is older than this library and does not know an option that the request needs.
 * The request did nothing.
 *
 * <p>A {@linkplain Zreap#sweep sweep} always needs the option {@code gentle}: without it the module
 * would take children that their parent is about to wait for.
 * {@linkplain ReapOptions.Builder#force Force} needs {@code force}. The message names the option
 * and the version of the loaded module.
 *
 * <p>The library learns what the module knows from {@code /sys/kernel/zreap/options}. If it cannot
 * see that folder, it sends the request. A module that does not know the option then does nothing,
 * and the exception is a {@link RequestRejectedException}.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ModuleTooOldException extends ZreapException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public ModuleTooOldException(Failure failure) {
        super(failure);
    }
}
