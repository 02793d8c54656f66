// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.util.Optional;
import org.zreap.Failure;
import org.zreap.ProcessIdentity;
import org.zreap.ZreapException;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

/**
 * Sends signals to the process with a PID and a start time, and to no later owner of that PID.
 *
 * <p>Immutable and so thread-safe.
 */
public final class Signals {

    private final Sys sys;
    private final ProcFs proc;

    /**
     * Signals by these calls.
     *
     * @param sys the system calls
     * @param proc where start times are read
     */
    public Signals(Sys sys, ProcFs proc) {
        this.sys = sys;
        this.proc = proc;
    }

    /** The outcome of sending a signal. */
    public enum Outcome {
        /** It was sent. */
        SENT,
        /** The process is not there. */
        GONE,
        /** The kernel does not permit it, or a security module of it such as AppArmor. */
        DENIED
    }

    /** Signals by the running kernel. */
    public static Signals linux() {
        return new Signals(Sys.linux(), ProcFs.ofThisProcess());
    }

    /** The process that has this PID now, if it can be seen. */
    public Optional<ProcessIdentity> identify(long pid) {
        return proc.stat(pid).map(ProcStat::identity);
    }

    /**
     * Sends a signal.
     *
     * @throws ZreapException if that fails for a reason that is no {@link Outcome}
     */
    public Outcome send(ProcessIdentity process, int signal) {
        try (Descriptor pidfd = new Descriptor(sys, sys.pidfdOpen(process.pid()))) {
            // The descriptor always means one process. It is ours if the PID has our start time
            // after the opening.
            if (!identify(process.pid()).filter(process::equals).isPresent()) {
                return Outcome.GONE;
            }
            sys.pidfdSendSignal(pidfd.fd(), signal);
            return Outcome.SENT;
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.ESRCH -> Outcome.GONE;
                case Errno.EPERM, Errno.EACCES -> Outcome.DENIED;
                default ->
                    throw new ZreapException(Failure.of(
                                    "cannot send signal " + signal + " to process " + process + " (" + e.getMessage()
                                            + ")",
                                    remedy(e.errno()))
                            .withPid(process.pid())
                            .withErrno(e.errno(), e));
            };
        }
    }

    private static String remedy(int errno) {
        return switch (errno) {
            case Errno.ENOSYS -> "use a kernel with pidfds, 5.3 or newer, and let the sandbox allow them";
            case Errno.EMFILE, Errno.ENFILE -> "raise the limit on open files (ulimit -n, fs.file-max)";
            case Errno.ENOMEM -> "free memory, and try again";
            default -> "see pidfd_open(2) and pidfd_send_signal(2)";
        };
    }
}
