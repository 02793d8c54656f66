// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option for the record of {@code zreap serve}. */
final class RecordOption {

    static final String DEFAULT = "/var/log/zreap/record.jsonl";

    @Option(
            names = "--record",
            paramLabel = "FILE",
            defaultValue = DEFAULT,
            description = "The record of zreap serve, and FILE.1 before it, if that is there. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Path file;

    Path file() {
        return file;
    }
}
