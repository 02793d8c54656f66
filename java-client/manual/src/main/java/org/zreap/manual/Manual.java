// SPDX-License-Identifier: Apache-2.0
package org.zreap.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.zreap.cli.Parser;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes man pages in AsciiDoc, and completion files for bash, zsh and fish. */
public final class Manual {

    private Manual() {}

    /**
     * Writes {@code man/*.adoc}, {@code zreap.bash}, {@code _zreap} and {@code zreap.fish}.
     *
     * @param arguments the folder, which need not exist
     * @throws IOException if it cannot write there
     */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path pages = Files.createDirectories(folder.resolve("man"));
        CommandSpec zreap = command();
        CommandSpec[] commands = Stream.concat(
                        Stream.of(zreap), zreap.subcommands().values().stream().map(CommandLine::getCommandSpec))
                .toArray(CommandSpec[]::new);
        int code = ManPageGenerator.generateManPage(pages.toFile(), null, new boolean[0], false, commands);
        if (code != CommandLine.ExitCode.OK) {
            throw new IOException("picocli writes no man pages to " + pages + ": exit code " + code);
        }
        Files.writeString(folder.resolve("zreap.bash"), bash(zreap));
        Files.writeString(folder.resolve("_zreap"), ZshCompletion.of(zreap));
        Files.writeString(folder.resolve("zreap.fish"), FishCompletion.of(zreap));
    }

    /** Shells source the file and do not execute it, so it has no interpreter line. */
    private static String bash(CommandSpec command) {
        return AutoComplete.bash(command.name(), command.commandLine()).replaceFirst("^#!.*\\R", "");
    }

    /** The command as picocli sees it. */
    static CommandSpec command() {
        return Parser.of().getCommandSpec();
    }
}
