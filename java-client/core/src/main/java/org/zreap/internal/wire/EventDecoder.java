// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.time.Instant;
import org.zreap.event.ResultEvent;

/**
 * Turns a row with the columns of {@code /proc/zreap_recent} into a {@link ResultEvent}. Stateless.
 */
public final class EventDecoder {

    private EventDecoder() {}

    /**
     * Decodes a row.
     *
     * @param row the row
     * @return what it says
     * @throws MalformedAnswerException if a cell does not hold what its column promises
     */
    public static ResultEvent decode(Row row) {
        return new ResultEvent(
                Instant.ofEpochMilli(row.requiredNumber("TIME_MS")),
                row.text("VERB"),
                row.visiblePid("CALLER"),
                row.optionalNumber("CALLER_UID"),
                ResultDecoder.decodeOfOthers(row));
    }
}
