// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output. Unlike System.out it throws if the disk is full or nobody reads.
 *
 * <p>Thread-safe.
 */
final class StandardOutput extends PrintWriter {

    private static final int TYPE = 0170000;
    private static final int FIFO = 0010000;
    private static final int SOCKET = 0140000;

    private final Sink sink;

    private StandardOutput(Sink sink, Charset encoding) {
        super(sink, true, encoding);
        this.sink = sink;
    }

    /** Opens it. */
    static StandardOutput open() {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return new StandardOutput(new Sink(), Charset.forName(encoding));
    }

    /** Whether a write failed because nobody reads any more, as with {@code zreap list | head}. */
    boolean hasNoReader() {
        return sink.failed && isPipe();
    }

    private static boolean isPipe() {
        try {
            int type = (int) Files.getAttribute(Path.of("/proc/self/fd/1"), "unix:mode") & TYPE;
            return type == FIFO || type == SOCKET;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static final class Sink extends FilterOutputStream {

        private volatile boolean failed;

        Sink() {
            super(new FileOutputStream(FileDescriptor.out));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }
}
