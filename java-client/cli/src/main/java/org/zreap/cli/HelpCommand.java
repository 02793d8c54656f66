// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zreap help}: what {@code --help} shows. */
@Command(name = "help", description = "Tells what zreap or one of its commands does, as --help does.")
final class HelpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "Which command. Default: all of them, in short.")
    private Optional<String> name = Optional.empty();

    @Override
    public Integer call() {
        CommandLine zreap = spec.commandLine().getParent();
        CommandLine asked = zreap;
        if (name.isPresent()) {
            asked = zreap.getSubcommands().get(name.get());
            if (asked == null) {
                throw new CommandLine.UnmatchedArgumentException(zreap, List.of(name.get()));
            }
        }
        asked.usage(spec.commandLine().getOut());
        return ZreapCommand.DONE;
    }
}
