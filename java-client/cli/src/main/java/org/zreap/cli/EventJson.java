// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import org.zreap.event.ResultEvent;
import org.zreap.json.JsonFields;

/** The fields of a result event. Stateless. */
final class EventJson {

    private EventJson() {}

    static void write(JsonFields fields, ResultEvent event) throws IOException {
        fields.text("type", "result");
        fields.text("time", event.time());
        fields.text("verb", event.verb());
        fields.number("callerPid", event.callerPid());
        fields.number("callerUid", event.callerUid());
        ResultListing.write(fields, event.result());
    }

    /** Stands where some results are missing. */
    static void writeLost(JsonFields fields) throws IOException {
        fields.text("type", "lost");
    }
}
