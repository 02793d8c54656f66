// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

/**
 * Finds out whether a process is really gone: neither alive nor a zombie. It uses a pidfd if the
 * kernel has them (5.3), otherwise the PID and the start time.
 *
 * <p>{@link ProcessHandle#isAlive} does not help: it calls a zombie alive, and also the next owner
 * of the PID. A poll of the pidfd does not help either: the pidfd of a zombie is readable already.
 *
 * <p>Immutable and so thread-safe.
 */
public final class Verification {

    private static final int EXISTENCE = 0;

    private final Sys sys;
    private final ProcFs proc;

    Verification(Sys sys, ProcFs proc) {
        this.sys = sys;
        this.proc = proc;
    }

    /**
     * Verifies against this process's own {@code /proc}.
     *
     * @return the verification
     */
    public static Verification system() {
        return new Verification(Sys.linux(), ProcFs.ofThisProcess());
    }

    /**
     * Whether a process is certainly gone.
     *
     * @param process which process
     * @return false if it is there, as a zombie or alive; also false if procfs hides a process with
     *     its PID from this one
     * @throws ZreapException if procfs cannot be read, or the kernel has no descriptor left
     */
    public boolean isGone(ProcessIdentity process) {
        try (Descriptor pidfd = new Descriptor(sys, sys.pidfdOpen(process.pid()))) {
            // The descriptor always means one process. It is ours if the PID has our start time
            // after the opening.
            return isReused(process) || !answers(() -> sys.pidfdSendSignal(pidfd.fd(), EXISTENCE));
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.ESRCH -> true;
                // No pidfd in this kernel or sandbox, or the PID is that of a thread now.
                case Errno.ENOSYS, Errno.EPERM, Errno.EACCES, Errno.EINVAL, Errno.ENOENT -> isGoneWithoutPidfd(process);
                default -> throw failed(process, e);
            };
        }
    }

    private boolean isGoneWithoutPidfd(ProcessIdentity process) {
        try {
            return isReused(process) || !answers(() -> sys.kill(process.pid(), EXISTENCE));
        } catch (ErrnoException e) {
            throw failed(process, e);
        }
    }

    private boolean isReused(ProcessIdentity process) {
        return proc.stat(process.pid())
                .filter(now -> !now.identity().equals(process))
                .isPresent();
    }

    private static boolean answers(Signal signal) throws ErrnoException {
        try {
            signal.send();
            return true;
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.ESRCH -> false;
                case Errno.EPERM, Errno.EACCES -> true; // a security module, such as AppArmor, says EACCES
                default -> throw e;
            };
        }
    }

    private static ZreapException failed(ProcessIdentity process, ErrnoException e) {
        return new ZreapException(Failure.of(
                        "cannot tell whether process " + process + " is gone (" + e.getMessage() + ")",
                        "raise the limit on open files (ulimit -n), or ask again")
                .withPid(process.pid())
                .withErrno(e.errno(), e));
    }

    private interface Signal {
        void send() throws ErrnoException;
    }
}
