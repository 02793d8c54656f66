// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import org.zreap.ZreapException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a listing is printed: a table for people or JSON for programs. */
final class OutputOptions {

    @Option(names = "--json", description = "Print JSON: an array with one object for each process.")
    private boolean json;

    @Mixin
    private TableOption table;

    /** Whether none of these options is set. */
    boolean isPlain() {
        return !json && !table.isSet();
    }

    /** Prints the results from before a failure. They may be recorded nowhere else. */
    void printCompleted(CommandSpec command, ZreapException failure) throws IOException {
        if (!failure.completed().isEmpty()) {
            print(command, new ResultListing(failure.completed()));
        }
    }

    /** Prints a listing to the command's output. */
    void print(CommandSpec command, Listing listing) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            JsonGenerator generator = new JsonFactory().createGenerator(out);
            generator.useDefaultPrettyPrinter();
            generator.writeStartArray();
            listing.writeJson(generator);
            generator.writeEndArray();
            generator.flush();
            out.println();
        } else {
            table.print(listing.table(), out);
            listing.notes().forEach(out::println);
        }
        out.flush();
    }
}
