// SPDX-License-Identifier: Apache-2.0
package org.zreap.manual;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion for fish. */
final class FishCompletion {

    private FishCompletion() {}

    /** The file for {@code vendor_completions.d}. */
    static String of(CommandSpec command) {
        String name = command.name();
        StringBuilder lines = new StringBuilder("complete -c " + name + " -f\n");
        for (CommandSpec subcommand : Model.subcommands(command)) {
            lines.append("complete -c ")
                    .append(name)
                    .append(" -n __fish_use_subcommand -a ")
                    .append(subcommand.name());
            lines.append(" -d ").append(quoted(Model.about(subcommand))).append('\n');
            String condition = " -n '__fish_seen_subcommand_from " + subcommand.name() + "'";
            Model.options(subcommand).forEach(option -> append(lines, name, condition, option));
        }
        Model.options(command).forEach(option -> append(lines, name, " -n __fish_use_subcommand", option));
        return lines.toString();
    }

    private static void append(StringBuilder lines, String command, String condition, OptionSpec option) {
        lines.append("complete -c ").append(command).append(condition);
        for (String name : option.names()) {
            lines.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (Model.takesPath(option)) {
            lines.append(" -r -F");
        } else if (Model.takesValue(option)) {
            lines.append(" -x");
        }
        if (!Model.values(option).isEmpty()) {
            lines.append(" -a ").append(quoted(String.join(" ", Model.values(option))));
        }
        lines.append(" -d ").append(quoted(Model.about(option))).append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
