// SPDX-License-Identifier: Apache-2.0
package org.zreap.adopt;

import java.util.Optional;
import org.zreap.Failure;
import org.zreap.ReapResult;
import org.zreap.ZreapException;

/**
 * The kernel did not hand a process over; the result says why.
 *
 * <p>Immutable and so thread-safe.
 */
public final class NotAdoptedException extends ZreapException {

    private static final long serialVersionUID = 1L;

    private final transient ReapResult result;

    NotAdoptedException(ReapResult result) {
        super(Failure.of("not adopted: " + result, "see whether it is a zombie, and whose")
                .withPid(result.process().pid()));
        this.result = result;
    }

    /**
     * The result of the request.
     *
     * @return the result; empty after deserialization
     */
    public Optional<ReapResult> result() {
        return Optional.ofNullable(result);
    }
}
