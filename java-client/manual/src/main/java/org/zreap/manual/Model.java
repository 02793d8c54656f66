// SPDX-License-Identifier: Apache-2.0
package org.zreap.manual;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands and options, as completion needs them. */
final class Model {

    private Model() {}

    /** The subcommands, in the order of the help. */
    static List<CommandSpec> subcommands(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(line -> line.getCommandSpec())
                .toList();
    }

    /** The options that the help shows. */
    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(option -> !option.hidden()).toList();
    }

    /** The first sentence of the description. */
    static String about(CommandSpec command) {
        return firstSentence(command.usageMessage().description());
    }

    /** The first sentence of the description. */
    static String about(OptionSpec option) {
        return firstSentence(option.description());
    }

    /** Whether a value follows. */
    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** Whether the value is the name of a file. */
    static boolean takesPath(OptionSpec option) {
        return option.type() == Path.class;
    }

    /** The possible values; none if the option also takes other values. */
    static List<String> values(OptionSpec option) {
        return option.typeInfo().isEnum()
                ? option.typeInfo().getEnumConstantNames().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
    }

    private static String firstSentence(String[] description) {
        String text =
                description.length == 0 ? "" : description[0].replace("%n", " ").replace("%%", "%");
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
