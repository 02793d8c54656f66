// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.zreap.Target;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a mistake in the command line in two lines: what is wrong, and what the user may mean.
 * Stateless.
 */
final class Slips implements IParameterExceptionHandler {

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

    /** These take zombies away. */
    private static final Set<String> TAKING = Set.of("zreap", "fix", "reap", "adopt", "release");

    /** The beginning of what picocli says of a wrong PID. */
    private static final Pattern POSITION = Pattern.compile("^Invalid value for positional parameter at index [^:]*: ");

    /** Prints them, and gives the exit code. */
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("zreap: " + problem(e, command.getCommandSpec(), List.of(arguments)));
        command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        return ZreapCommand.WRONG_COMMAND_LINE;
    }

    private static String problem(ParameterException e, CommandSpec command, List<String> arguments) {
        if (arguments.contains("--all") && command.name().equals("sweep")) {
            return "zreap sweep has no option --all; " + SWEEP_ALL;
        }
        if (arguments.contains("--all") && TAKING.contains(command.name())) {
            return command.qualifiedName() + " has no option --all; for all that there are: zreap sweep";
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            List<String> suggestions = unmatched.getSuggestions();
            return unmatched.isUnknownOption()
                    ? unknownOption(word, suggestions, command)
                    : unknownWord(word, suggestions, command);
        }
        if (isTop(command)) {
            return "name a command: " + String.join(", ", command.subcommands().keySet());
        }
        if (e instanceof MissingParameterException) {
            Optional<String> option = arguments.stream()
                    .filter(word -> word.startsWith("--") && command.findOption(nameOf(word)) == null)
                    .findFirst();
            if (option.isPresent()) {
                return unknownOption(option.get(), List.of(), command);
            }
        }
        return POSITION.matcher(String.valueOf(e.getMessage())).replaceFirst("");
    }

    private static String unknownOption(String word, List<String> suggestions, CommandSpec command) {
        List<String> owners = Parser.of().getSubcommands().entrySet().stream()
                .filter(other -> other.getValue().getCommandSpec().findOption(nameOf(word)) != null)
                .map(Map.Entry::getKey)
                .toList();
        String hint = suggestions.stream()
                .findFirst()
                .map(option -> "; did you mean " + option + "?")
                .orElse("");
        return command.qualifiedName() + " has no option " + word
                + (owners.isEmpty() ? hint : "; these have it: " + String.join(", ", owners));
    }

    private static String unknownWord(String word, List<String> suggestions, CommandSpec command) {
        if (isTop(command)) {
            return "there is no command '" + word + "'" + commandFor(word, suggestions);
        }
        List<PositionalParamSpec> takes = command.positionalParameters();
        if (!takes.isEmpty() && takes.get(0).arity().isVariable()) {
            return notAsTaken(word, takes.get(0));
        }
        return command.qualifiedName() + " takes no argument '" + word + "'" + replacement(word, command);
    }

    private static String commandFor(String word, List<String> suggestions) {
        Optional<String> meant = isTarget(word)
                ? Optional.of("why " + word)
                : Optional.ofNullable(COMMANDS.get(word))
                        .or(() -> suggestions.stream().findFirst());
        return meant.map(name -> "; did you mean zreap " + name + "?").orElse("");
    }

    private static String notAsTaken(String word, PositionalParamSpec takes) {
        if (takes.auxiliaryTypes()[0] == Target.class) {
            try {
                Parser.target(word);
            } catch (TypeConversionException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return "'" + word + "' is no " + takes.paramLabel();
    }

    /** What takes such a word, or takes it in another form. */
    private static String replacement(String word, CommandSpec command) {
        boolean sweeps = command.name().equals("sweep");
        if (sweeps && word.equals("all")) {
            return "; " + SWEEP_ALL;
        }
        if (isTarget(word)) {
            return "; did you mean zreap " + (sweeps ? "reap " : "why ") + word + "?";
        }
        return command.findOption(nameOf("--" + word)) == null ? "" : "; did you mean --" + word + "?";
    }

    private static boolean isTarget(String word) {
        try {
            Parser.target(word);
            return true;
        } catch (TypeConversionException e) {
            return false;
        }
    }

    /** The name of an option, without the value. */
    private static String nameOf(String option) {
        return option.split("=", 2)[0];
    }

    private static boolean isTop(CommandSpec command) {
        return command.parent() == null;
    }
}
