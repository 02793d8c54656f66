// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How a table is printed. */
final class TableOption {

    @Option(names = "--no-header", description = "Print the table without its first line.")
    private boolean noHeader;

    boolean isSet() {
        return noHeader;
    }

    void print(TextTable table, PrintWriter out) {
        table.print(out, !noHeader);
    }
}
