// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import java.io.ByteArrayOutputStream;

/**
 * An open file descriptor. Close it once.
 *
 * <p>As thread-safe as the descriptor itself.
 *
 * @param sys the calls that it was opened with
 * @param fd its number
 */
public record Descriptor(Sys sys, int fd) implements AutoCloseable {

    private static final int READ_BYTES = 64 << 10;

    /** Reads up to the end of the file. */
    public byte[] readAll() throws ErrnoException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(READ_BYTES);
        byte[] buffer = new byte[READ_BYTES];
        for (int n = sys.read(fd, buffer); n > 0; n = sys.read(fd, buffer)) {
            content.write(buffer, 0, n);
        }
        return content.toByteArray();
    }

    @Override
    public void close() throws ErrnoException {
        sys.close(fd);
    }
}
