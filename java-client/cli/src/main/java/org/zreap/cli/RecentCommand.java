// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.zreap.ProcessFacts;
import org.zreap.Zreap;
import org.zreap.event.ResultEvent;
import org.zreap.json.JsonLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zreap recent}: the last results that the module keeps. */
@Command(
        name = "recent",
        description = "Prints the last results that the kernel module keeps, the oldest first, no matter who asked.")
final class RecentCommand implements Callable<Integer> {

    private static final String[] HEADER = {
        "TIME", "VERB", "CALLER", "UID", "PID", "START", "NAME", "RESULT", "EXPLANATION"
    };

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions client;

    @Mixin
    private JsonOption json;

    @Mixin
    private TableOption table;

    @Mixin
    private RecordOption record;

    @Option(
            names = "--from-log",
            description = "Print the results that the record of zreap serve has, not those of the module.")
    private boolean fromLog;

    @Override
    public Integer call() {
        if (fromLog) {
            new RecordListing(new RecordedResults(), HEADER)
                    .print(
                            record.file(),
                            RecordedResults::isResult,
                            json.isSet(),
                            table,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr());
            return ZreapCommand.DONE;
        }
        List<ResultEvent> events;
        try (Zreap zreap = client.open()) {
            events = zreap.recent();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.isSet()) {
            JsonLines lines = new JsonLines(out);
            events.forEach(event -> lines.print(fields -> EventJson.write(fields, event)));
        } else {
            table.print(tableOf(events), out);
        }
        out.flush();
        return ZreapCommand.DONE;
    }

    private static TextTable tableOf(List<ResultEvent> events) {
        TextTable table = new TextTable(HEADER);
        for (ResultEvent event : events) {
            ProcessFacts process = event.result().process();
            table.add(
                    event.time().toString(),
                    event.verb(),
                    Cells.of(event.callerPid()),
                    Cells.of(event.callerUid()),
                    Long.toString(process.pid()),
                    Cells.of(process.startTicks()),
                    Cells.of(process.name()),
                    event.result().word(),
                    event.result().explanation());
        }
        return table;
    }
}
