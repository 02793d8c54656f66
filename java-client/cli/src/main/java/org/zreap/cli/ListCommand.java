// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.Zombie;
import org.zreap.Zreap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zreap list}: the zombies there are. */
@Command(name = "list", description = "Lists the zombies with their parents.")
final class ListCommand implements Callable<Integer> {

    /** Who is asked for the zombies. */
    enum Source {
        AUTO,
        KERNEL,
        PROC
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClientOptions client;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            defaultValue = "auto",
            description =
                    "kernel: the kernel module, which knows the age of a zombie; proc: the files under /proc, which"
                            + " need no module; auto (default): the module if it can be used, else /proc.")
    private Source source;

    @Override
    public Integer call() throws IOException {
        List<Zombie> zombies = switch (source) {
            case KERNEL -> fromKernel();
            case PROC -> client.scanner().scan();
            case AUTO -> fromEither();
        };
        output.print(spec, new ZombieListing(zombies));
        return ZreapCommand.DONE;
    }

    private List<Zombie> fromKernel() {
        try (Zreap zreap = client.open()) {
            return zreap.zombies();
        }
    }

    private List<Zombie> fromEither() {
        try {
            return fromKernel();
        } catch (ModuleMissingException | PermissionException e) {
            return client.scanner().scan();
        }
    }
}
