// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import org.zreap.ProcessFacts;
import org.zreap.ReapResult;

/**
 * The parts of a {@link ReapResult}.
 *
 * @param word the result as {@code /proc/zreap} names it
 * @param process the facts
 * @param errno why, 0 for success; used only if this library does not know the word
 */
public record ResultParts(String word, ProcessFacts process, int errno) {

    /** How a {@link ReapResult} is made. */
    public static final ConstructorAccess<ResultParts, ReapResult> CONSTRUCTOR =
            new ConstructorAccess<>(ReapResult.class);

    /**
     * Makes the result.
     *
     * @throws IllegalArgumentException if the facts lack a value that such a result requires
     */
    public ReapResult toResult() {
        return CONSTRUCTOR.construct(this);
    }
}
