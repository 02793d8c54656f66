// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zreap top}: who has the most zombies. */
@Command(name = "top", description = "Lists the parents of zombies, those with the most first.")
final class TopCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ZombieSource source;

    @Override
    public Integer call() throws IOException {
        output.print(spec, ParentListing.of(source.zombies()));
        return ZreapCommand.DONE;
    }
}
