// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ProtocolException;
import org.zreap.RequestRejectedException;
import org.zreap.Zombie;
import org.zreap.Zreap;
import org.zreap.diagnosis.Diagnoser;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command learns of zombies. */
final class ZombieSource {

    /** Who is asked for the zombies. */
    enum From {
        AUTO,
        KERNEL,
        PROC
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

    /** The zombies there are. */
    List<Zombie> zombies() {
        return switch (from) {
            case KERNEL -> fromKernel();
            case PROC -> client.scanner().scan();
            case AUTO -> fromEither();
        };
    }

    /** What explains them. */
    Diagnoser diagnoser(Optional<Path> cgroups) {
        return client.diagnoser(cgroups);
    }

    private List<Zombie> fromKernel() {
        try (Zreap zreap = client.open()) {
            return zreap.zombies();
        }
    }

    private List<Zombie> fromEither() {
        try {
            return fromKernel();
        } catch (ModuleMissingException | PermissionException | ProtocolException | RequestRejectedException e) {
            return client.scanner().scan();
        }
    }
}
