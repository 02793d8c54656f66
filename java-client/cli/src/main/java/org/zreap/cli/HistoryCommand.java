// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zreap.Target;
import org.zreap.internal.Durations;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zreap history}: the record of the service. */
@Command(
        name = "history",
        description = "Prints what zreap serve saw and did, the oldest first: which zombies of which parents, by which"
                + " rule, with which exit status.")
final class HistoryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private JsonOption json;

    @Mixin
    private TableOption table;

    @Mixin
    private RecordOption record;

    @Option(
            names = "--parent",
            paramLabel = "PID[@START]",
            description = "Only what concerns children of this process.")
    private Optional<Target> parent;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what is not older: 2h for the last two hours, or a time such as 2026-11-29T03:12.")
    private Optional<String> since;

    @Override
    public Integer call() {
        Instant from = since.map(this::instant).orElse(Instant.MIN);
        new RecordListing(new RecordedEntries(), RecordedEntries.HEADER)
                .print(
                        record.file(),
                        RecordedEntries.since(from, parent),
                        json.isSet(),
                        table,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr());
        return ZreapCommand.DONE;
    }

    private Instant instant(String text) {
        try {
            return Durations.parse(text).map(Instant.now()::minus).orElseGet(() -> timeOf(text));
        } catch (DateTimeException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "'" + text + "' is neither a duration such as 2h nor a time such as 2026-11-29T03:12",
                    e);
        }
    }

    /** With a zone, or else in the local one. */
    private static Instant timeOf(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    }
}
