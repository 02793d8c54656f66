// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

/**
 * An open file descriptor, to be closed once.
 *
 * <p>As thread-safe as the descriptor itself.
 *
 * @param sys the calls that it was opened with
 * @param fd its number
 */
public record Descriptor(Sys sys, int fd) implements AutoCloseable {

    @Override
    public void close() throws ErrnoException {
        sys.close(fd);
    }
}
