// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.zreap.Availability;
import org.zreap.Transport;
import org.zreap.ZombieScanner;
import org.zreap.Zreap;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.internal.proc.ProcFs;
import picocli.CommandLine.Option;

/** Options for the transport to the module. */
final class ClientOptions {

    private static final Path PROC = Path.of("/proc");

    @Option(
            names = "--transport",
            paramLabel = "WAY",
            defaultValue = "procfs",
            description = "procfs (default): /proc/zreap. netlink: the generic netlink family zreap.")
    private Transport transport;

    @Option(
            names = "--proc",
            paramLabel = "PATH",
            defaultValue = "/proc",
            description = "Where procfs is mounted, if not at /proc.")
    private Path proc;

    /** A client with this transport. */
    Zreap open() {
        return Zreap.builder().transport(transport).procRoot(proc).open();
    }

    /** A scanner of the same processes. */
    ZombieScanner scanner() {
        return ZombieScanner.of(proc);
    }

    /**
     * A diagnoser of the same processes. It reads this machine's cgroups only for this machine's
     * own procfs.
     */
    Diagnoser diagnoser(Optional<Path> cgroups) {
        if (cgroups.isPresent()) {
            return Diagnoser.of(proc, cgroups.get());
        }
        return isOwnProc() ? Diagnoser.system() : Diagnoser.withoutCgroups(proc);
    }

    /** Whether the processes are those of this process's own procfs. */
    boolean isOwnProc() {
        return proc.equals(PROC);
    }

    /** The files of the same processes. */
    ProcFs procFs() {
        return new ProcFs(proc);
    }

    /** The folder of the module in sysfs, which is mounted beside procfs. */
    Path module() {
        return proc.toAbsolutePath().resolveSibling("sys").resolve("kernel/zreap");
    }

    /** The requested transport. */
    Transport transport() {
        return transport;
    }

    /** Whether a client with a given transport would open. */
    Availability availability(Transport way) {
        return Zreap.builder().transport(way).procRoot(proc).availability();
    }

    /** A transport as the command line names it. */
    static String nameOf(Transport way) {
        return way.name().toLowerCase(Locale.ROOT);
    }
}
