// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.util.List;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.internal.wire.MalformedAnswerException;

/** Checks that answers belong to the request. Stateless. */
final class Answers {

    private Answers() {}

    static void requireOneEach(List<Target> targets, List<ReapResult> results) {
        if (results.size() != targets.size()) {
            throw new MalformedAnswerException(results.size() + " results for " + targets.size() + " targets");
        }
        for (int i = 0; i < results.size(); i++) {
            long asked = targets.get(i).pid();
            long answered = results.get(i).process().pid();
            if (asked != answered) {
                throw new MalformedAnswerException("a result for " + answered + " instead of " + asked);
            }
        }
    }
}
