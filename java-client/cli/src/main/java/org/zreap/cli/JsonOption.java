// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import picocli.CommandLine.Option;

/** Whether a command prints for programs. */
final class JsonOption {

    @Option(names = "--json", description = "Print JSON: one object a line.")
    private boolean json;

    boolean isSet() {
        return json;
    }
}
