// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.zreap.ProcessFacts;
import org.zreap.ReapResult;
import org.zreap.Rusage;
import org.zreap.json.JsonFields;

/**
 * The results of a request.
 *
 * @param results the rows
 */
record ResultListing(List<ReapResult> results) implements Listing {

    private static final int MICROS = 1000;

    @Override
    public TextTable table() {
        TextTable table = new TextTable("PID", "NAME", "RESULT", "EXPLANATION");
        for (ReapResult result : results) {
            ProcessFacts process = result.process();
            table.add(Long.toString(process.pid()), Cells.of(process.name()), result.word(), result.explanation());
        }
        return table;
    }

    @Override
    public void writeJson(JsonGenerator json) throws IOException {
        JsonFields fields = new JsonFields(json);
        for (ReapResult result : results) {
            fields.start();
            write(fields, result);
            fields.end();
        }
    }

    /** The fields of one result. */
    static void write(JsonFields fields, ReapResult result) throws IOException {
        ProcessFacts process = result.process();
        fields.number("pid", process.pid());
        fields.number("start", process.startTicks());
        fields.text("result", result.word());
        fields.text("explanation", result.explanation());
        fields.text("name", process.name());
        fields.number("parentPid", process.parentPid());
        fields.text("parentName", process.parentName());
        fields.number("ageMillis", process.age().map(Duration::toMillis));
        fields.number("livingThreads", process.livingThreads().stream().boxed().findFirst());
        fields.number("tracer", process.tracer());
        fields.number("adopter", process.adopter());
        fields.status(process.status());
        if (process.rusage().isPresent()) {
            Rusage rusage = process.rusage().get();
            fields.number("userMicros", rusage.userTime().toNanos() / MICROS);
            fields.number("systemMicros", rusage.systemTime().toNanos() / MICROS);
            fields.number("maxResidentBytes", rusage.maxResidentBytes());
        }
    }
}
