// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.zreap.ModuleMissingException;
import org.zreap.NativeLibraryException;
import org.zreap.PermissionException;
import org.zreap.ProtocolException;
import org.zreap.RequestRejectedException;
import org.zreap.Zombie;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.internal.proc.ProcFs;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The source from which a command lists zombies. */
final class ZombieSource {

    /** The possible sources. */
    enum From {
        AUTO,
        KERNEL,
        PROC
    }

    private static final String FROM_PROC =
            "zreap: this is from /proc, which tells neither ages nor which are reapable: ";

    /**
     * The zombies of one look.
     *
     * @param zombies the zombies there are
     * @param fromKernel true if they are from the module, false if they are from /proc
     * @param obstacle why the module gave no answer, if it was asked
     */
    record Seen(List<Zombie> zombies, boolean fromKernel, Optional<ZreapException> obstacle) {

        /** Says that the module gave no answer. */
        void printObstacle(PrintWriter err) {
            note().ifPresent(err::println);
        }

        /** The same as a text. */
        Optional<String> note() {
            return obstacle.map(why -> FROM_PROC + why.getMessage());
        }
    }

    @Mixin
    private ClientOptions client;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            defaultValue = "auto",
            description =
                    "kernel: the kernel module, which knows the age of a zombie. proc: the files under /proc, which"
                            + " need no module. auto (default): the module if you can use it, else /proc.")
    private From from;

    @Mixin
    private HostOption host;

    /** Looks once. */
    Seen look() {
        return switch (from) {
            case KERNEL -> fromKernel();
            case PROC -> fromProc(Optional.empty());
            case AUTO -> fromEither();
        };
    }

    /** The places of these zombies, with this machine's cgroups. */
    Places places() {
        return places(Optional.empty());
    }

    /** The places of these zombies. */
    Places places(Optional<Path> cgroups) {
        return new Places(client.diagnoser(cgroups), host.engines(client));
    }

    /** A client of the module, whatever the zombies are listed from. */
    Zreap open() {
        return client.open();
    }

    /** The files of the same processes. */
    ProcFs procFs() {
        return client.procFs();
    }

    private Seen fromKernel() {
        try (Zreap zreap = open()) {
            return new Seen(zreap.zombies(), true, Optional.empty());
        }
    }

    private Seen fromProc(Optional<ZreapException> obstacle) {
        return new Seen(client.scanner().scan(), false, obstacle);
    }

    private Seen fromEither() {
        try {
            return fromKernel();
        } catch (ModuleMissingException
                | PermissionException
                | ProtocolException
                | RequestRejectedException
                | NativeLibraryException e) {
            return fromProc(Optional.of(e));
        }
    }
}
