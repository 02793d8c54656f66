// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.zreap.ProcessIdentity;
import org.zreap.Target;
import org.zreap.internal.Durations;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The parser of the command line. Stateless. */
public final class Parser {

    /** In the order of the help. */
    private static final Map<String, Class<?>> COMMANDS = commands();

    static {
        // Else picocli looks for Groovy in every jar.
        System.setProperty("picocli.disable.closures", "true");
    }

    private Parser() {}

    /**
     * Builds a parser. Each command that it knows costs time. So it knows only the one that the
     * arguments name, and all of them if they name none or ask for help.
     *
     * @param arguments the command line that it is to parse; none for all commands
     * @return the parser, which has parsed nothing yet
     */
    public static CommandLine of(String... arguments) {
        CommandLine zreap = new CommandLine(new ZreapCommand());
        String first = arguments.length == 0 ? "" : arguments[0];
        if (COMMANDS.containsKey(first) && !first.equals("help")) {
            zreap.addSubcommand(COMMANDS.get(first));
        } else {
            COMMANDS.values().forEach(zreap::addSubcommand);
        }
        return zreap.registerConverter(Target.class, new TargetConverter())
                .registerConverter(ProcessIdentity.class, new IdentityConverter())
                .registerConverter(Duration.class, new DurationConverter())
                .setExecutionExceptionHandler(new ZreapCommand.FailureReport())
                .setParameterExceptionHandler(new Slips())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false);
    }

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("list", ListCommand.class);
        commands.put("top", TopCommand.class);
        commands.put("why", WhyCommand.class);
        commands.put("fix", FixCommand.class);
        commands.put("reap", ReapCommand.class);
        commands.put("sweep", SweepCommand.class);
        commands.put("adopt", AdoptCommand.class);
        commands.put("release", ReleaseCommand.class);
        commands.put("watch", WatchCommand.class);
        commands.put("recent", RecentCommand.class);
        commands.put("serve", ServeCommand.class);
        commands.put("history", HistoryCommand.class);
        commands.put("doctor", DoctorCommand.class);
        commands.put("load", LoadCommand.class);
        commands.put("unload", UnloadCommand.class);
        commands.put("help", HelpCommand.class);
        return commands;
    }

    /**
     * The process that a word names.
     *
     * @throws TypeConversionException if it names none; its message says why
     */
    static Target target(String text) {
        try {
            return Target.parse(text);
        } catch (IllegalArgumentException e) {
            String hint = text.contains(",") ? "write blanks between PIDs, no commas" : e.getMessage();
            throw new TypeConversionException("'" + text + "' is neither PID nor PID@START: " + hint);
        }
    }

    // Named classes: the archive that makes Java start faster takes no lambda of an interface of picocli.

    private static final class TargetConverter implements ITypeConverter<Target> {
        @Override
        public Target convert(String text) {
            return target(text);
        }
    }

    private static final class IdentityConverter implements ITypeConverter<ProcessIdentity> {
        @Override
        public ProcessIdentity convert(String text) {
            if (target(text) instanceof ProcessIdentity process) {
                return process;
            }
            throw new TypeConversionException("'" + text + "' is no PID@START; zreap why shows it in the line parents");
        }
    }

    private static final class DurationConverter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is not a duration such as 500ms, 60s, 2h, 7d"));
        }
    }
}
