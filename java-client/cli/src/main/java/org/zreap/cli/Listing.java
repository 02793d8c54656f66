// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** The output of a command, in both its forms. */
interface Listing {

    /** The rows for people. */
    TextTable table();

    /** Lines below the table, for people. */
    default List<String> notes() {
        return List.of();
    }

    /** The rows for programs: objects into the array that is open. */
    void writeJson(JsonGenerator json) throws IOException;
}
