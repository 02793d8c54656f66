// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.io.FileUtils;

/**
 * A process that holds another one, of one thread, in a tracing stop. Not this JVM: its thread that
 * waits for the processes that it has started would be told of their tracing stops, and take them
 * for their ends.
 */
final class Tracer implements AutoCloseable {

    /** PTRACE_SEIZE, PTRACE_INTERRUPT, and a wait (__WALL) for the stop. */
    private static final String HOLDS = """
            import ctypes, os, sys, time
            pid = int(sys.argv[1])
            libc = ctypes.CDLL(None, use_errno=True)
            for request in (0x4206, 0x4207):
                if libc.ptrace(ctypes.c_long(request), pid, None, None):
                    sys.exit(os.strerror(ctypes.get_errno()))
            os.waitpid(pid, 0x40000000)
            print("held", flush=True)
            time.sleep(100000)
            """;

    private final Process process;

    private Tracer(Process process) {
        this.process = process;
    }

    /** Starts one; the process is held when this returns. */
    static Tracer of(long pid) {
        try {
            Tracer tracer = new Tracer(new ProcessBuilder("python3", "-IS", "-c", HOLDS, Long.toString(pid))
                    .directory(FileUtils.getTempDirectory())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            if (tracer.process.getInputStream().read() < 0) {
                throw new AssertionError("process " + pid + " is not held");
            }
            return tracer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it, and so lets go of the other process. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
