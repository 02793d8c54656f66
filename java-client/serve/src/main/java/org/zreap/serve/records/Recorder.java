// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.records;

import org.zreap.json.JsonLines;

/** Takes entries of the record. Not thread-safe: one thread writes. */
public interface Recorder {

    /** Adds an entry. This never fails: a recorder counts what it cannot keep. */
    void add(JsonLines.Body entry);
}
