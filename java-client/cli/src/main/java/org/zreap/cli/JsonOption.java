// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import picocli.CommandLine.Option;

/** The option to print JSON for programs. */
final class JsonOption {

    @Option(names = "--json", description = "Print JSON: one object a line.")
    private boolean json;

    boolean isSet() {
        return json;
    }
}
