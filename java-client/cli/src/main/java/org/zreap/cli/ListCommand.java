// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zreap list}: the zombies there are. */
@Command(name = "list", description = "Lists the zombies with their parents.")
final class ListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ZombieSource source;

    @Override
    public Integer call() throws IOException {
        output.print(spec, new ZombieListing(source.zombies()));
        return ZreapCommand.DONE;
    }
}
