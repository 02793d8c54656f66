// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

/** A system call that failed, with the errno that it left. Immutable. */
public final class ErrnoException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * Describes a failed call.
     *
     * @param call the C name of the call
     * @param errno what it failed with
     */
    public ErrnoException(String call, int errno) {
        super(call + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    /**
     * Describes a request that the kernel refused with a reason.
     *
     * @param call what was asked for
     * @param errno what it failed with
     * @param reason what the kernel says to it
     */
    public ErrnoException(String call, int errno, String reason) {
        super(call + ": " + Errno.describe(errno) + ", " + reason);
        this.errno = errno;
    }

    /** The errno of the failed call. */
    public int errno() {
        return errno;
    }
}
