// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.proc.ProcStat;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.transport.ProcfsTransport;
import org.zreap.internal.transport.Transport;

/**
 * A client of the kernel module {@code zreap}: lists zombies and reaps them while their parent lives on.
 *
 * <pre>{@code
 * try (Zreap zreap = Zreap.open()) {
 *     for (ReapResult result : zreap.reap(zreap.zombies())) {
 *         System.out.println(result);
 *     }
 * }
 * }</pre>
 *
 * <p>A request is made with the rights of this process at that moment: by default it must have CAP_KILL and be in the
 * initial PID namespace. It waits in the kernel until it is done, which an interrupt does not shorten.
 *
 * <p>Thread-safe: any number of threads may use one client at once, and each request stands for itself.
 */
public final class Zreap implements AutoCloseable {

    private final Transport transport;
    private final ProcFs proc;
    private final Verification verification;
    private volatile boolean closed;

    private Zreap(Sys sys, Path procRoot) {
        this.proc = new ProcFs(procRoot);
        this.transport = new ProcfsTransport(sys, procRoot.resolve("zreap"));
        this.verification = new Verification(sys, proc);
    }

    /**
     * Opens a client with the defaults of {@link Builder}.
     *
     * @return the client
     * @throws ModuleMissingException if the module is not loaded
     * @throws PermissionException if this process may not use it
     * @throws ZreapException if it cannot be used for another reason
     */
    public static Zreap open() {
        return builder().open();
    }

    /**
     * Sets up a client.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder(Sys.linux());
    }

    /** A builder over other system calls, for tests. */
    static Builder builder(Sys sys) {
        return new Builder(sys);
    }

    /**
     * The zombies that the kernel sees, with age and exit status, in the order of their PIDs.
     *
     * @return the zombies
     * @throws ZreapException if the module does not say
     * @throws IllegalStateException if the client is closed
     */
    public List<Zombie> zombies() {
        requireOpen();
        return transport.zombies();
    }

    /**
     * Reaps the process that has this PID now, if it is a zombie.
     *
     * @param pid a process ID
     * @return what became of it
     * @throws IllegalArgumentException if {@code pid} is not from 1 to {@link Target#MAX_PID}
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if the client is closed
     */
    public ReapResult reap(long pid) {
        return reap(Target.ofPid(pid));
    }

    /**
     * Reaps a zombie. Another process that has got its PID since is not touched: the result is
     * {@link ReapResult.Reused} or {@link ReapResult.Gone}.
     *
     * @param target which one
     * @return what became of it
     * @throws ZreapException if the request could not be made
     * @throws IllegalStateException if the client is closed
     */
    public ReapResult reap(Target target) {
        return reap(List.of(target)).get(0);
    }

    /**
     * Reaps many zombies, in as few requests as the module takes. One that is refused does not keep the others from
     * being reaped.
     *
     * @param targets which ones; any number
     * @return one result for each, in the order of the targets
     * @throws ZreapException if a request could not be made; {@link ZreapException#completed} has the results of those
     *     before it
     * @throws IllegalStateException if the client is closed
     */
    public List<ReapResult> reap(Collection<? extends Target> targets) {
        requireOpen();
        List<Target> resolved = new ArrayList<>(targets.size());
        for (Target target : targets) {
            resolved.add(resolve(target));
        }
        return transport.reap(resolved);
    }

    /**
     * Tells whether processes are really gone.
     *
     * @return the verification, which also works after {@link #close}
     */
    public Verification verification() {
        return verification;
    }

    /** Ends the client; a request under way in another thread is not disturbed. Does nothing the second time. */
    @Override
    public void close() {
        closed = true;
    }

    /** A mere PID means the process that has it now. Where that cannot be seen, the kernel finds out. */
    private Target resolve(Target target) {
        if (target.start().isPresent()) {
            return target;
        }
        Optional<Target> now = proc.stat(target.pid()).map(ProcStat::identity);
        return now.orElse(target);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /**
     * Sets up a {@link Zreap}.
     *
     * <p>Not thread-safe: to be used by one thread.
     */
    public static final class Builder {

        private final Sys sys;
        private Path procRoot = Path.of("/proc");

        private Builder(Sys sys) {
            this.sys = sys;
        }

        /**
         * Where procfs is mounted. It must be that of this process's own PID namespace.
         *
         * @param root the mount point; {@code /proc} by default
         * @return this builder
         */
        public Builder procRoot(Path root) {
            this.procRoot = root;
            return this;
        }

        /**
         * Opens the client.
         *
         * @return the client
         * @throws ModuleMissingException if the module is not loaded
         * @throws PermissionException if this process may not use it
         * @throws ZreapException if it cannot be used for another reason
         */
        public Zreap open() {
            Zreap zreap = new Zreap(sys, procRoot);
            zreap.transport.probe();
            return zreap;
        }
    }
}
