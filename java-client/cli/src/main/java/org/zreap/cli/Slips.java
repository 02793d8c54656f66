// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a mistake in the command line in two lines: what is wrong, and what the user may mean.
 * Stateless.
 */
final class Slips {

    /** Names of other tools for our commands. */
    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("kill", "reap"),
            Map.entry("rm", "reap"),
            Map.entry("remove", "reap"),
            Map.entry("all", "sweep"),
            Map.entry("clean", "sweep"),
            Map.entry("purge", "sweep"),
            Map.entry("ls", "list"),
            Map.entry("ps", "list"),
            Map.entry("show", "list"),
            Map.entry("explain", "why"),
            Map.entry("log", "recent"),
            Map.entry("service", "serve"),
            Map.entry("daemon", "serve"),
            Map.entry("check", "doctor"),
            Map.entry("status", "doctor"),
            Map.entry("modprobe", "load"),
            Map.entry("start", "load"),
            Map.entry("rmmod", "unload"),
            Map.entry("stop", "unload"));

    private static final String SWEEP_ALL =
            "sweep takes all that are old enough; --min-age=0s takes the young ones too";

    private Slips() {}

    /** Prints them, and gives the exit code. */
    static int report(ParameterException e, String... arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("zreap: " + problem(e, command.getCommandSpec(), List.of(arguments)));
        command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        return ZreapCommand.WRONG_COMMAND_LINE;
    }

    private static String problem(ParameterException e, CommandSpec command, List<String> arguments) {
        if (arguments.contains("--all")) {
            return command.qualifiedName() + " has no option --all; "
                    + (command.name().equals("sweep") ? SWEEP_ALL : "for all that there are: zreap sweep");
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            return notKnown(word, unmatched, command)
                    + meant(word, unmatched, command)
                            .map(hint -> "; did you mean " + hint + "?")
                            .orElse("");
        }
        return isTop(command)
                ? "name a command: " + String.join(", ", command.subcommands().keySet())
                : String.valueOf(e.getMessage());
    }

    private static String notKnown(String word, UnmatchedArgumentException e, CommandSpec command) {
        if (e.isUnknownOption()) {
            return command.qualifiedName() + " has no option " + word;
        }
        return isTop(command)
                ? "there is no command '" + word + "'"
                : command.qualifiedName() + " takes no argument '" + word + "'";
    }

    private static Optional<String> meant(String word, UnmatchedArgumentException e, CommandSpec command) {
        return isTop(command) && COMMANDS.containsKey(word)
                ? Optional.of("zreap " + COMMANDS.get(word))
                : e.getSuggestions().stream().findFirst();
    }

    private static boolean isTop(CommandSpec command) {
        return command.parent() == null;
    }
}
