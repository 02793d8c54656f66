// SPDX-License-Identifier: Apache-2.0
package org.zreap.manual;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion for zsh. */
final class ZshCompletion {

    private ZshCompletion() {}

    /** The file {@code _zreap}, for a folder of zsh's {@code fpath}. */
    static String of(CommandSpec command) {
        List<CommandSpec> subcommands = Model.subcommands(command);
        String names = subcommands.stream()
                .map(one -> quoted(one.name() + ":" + Model.about(one)))
                .collect(Collectors.joining("\n        "));
        String cases = subcommands.stream()
                .map(one -> "                " + one.name() + ") _arguments -s " + arguments(one) + " '*: :' ;;\n")
                .collect(Collectors.joining());
        return """
                #compdef %s
                local curcontext=$curcontext state
                local -a subcommands=(
                    %s
                )
                _arguments -C -s %s '1: :->command' '*:: :->argument'
                case $state in
                    command) _describe command subcommands ;;
                    argument)
                        case $words[1] in
                %s        esac
                        ;;
                esac
                """.formatted(command.name(), names.replace("\n    ", "\n"), arguments(command), cases);
    }

    private static String arguments(CommandSpec command) {
        return Model.options(command).stream().flatMap(ZshCompletion::argument).collect(Collectors.joining(" "));
    }

    /**
     * One word for each name. The names of one option exclude each other, unless the option may
     * repeat.
     */
    private static Stream<String> argument(OptionSpec option) {
        String others = option.isMultiValue() ? "*" : "(" + String.join(" ", option.names()) + ")";
        return Stream.of(option.names())
                .map(name -> quoted(others + name + (Model.takesValue(option) ? "=" : "") + "["
                        + Model.about(option).replace("[", "\\[").replace("]", "\\]") + "]" + value(option)));
    }

    private static String value(OptionSpec option) {
        if (!Model.takesValue(option)) {
            return "";
        }
        String label = option.paramLabel().replace(":", "\\:");
        if (Model.takesPath(option)) {
            return ":" + label + ":_files";
        }
        return ":" + label + ":"
                + (Model.values(option).isEmpty() ? " " : "(" + String.join(" ", Model.values(option)) + ")");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
