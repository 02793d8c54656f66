// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.zreap.AdoptOptions;
import org.zreap.ReapOptions;

/**
 * What is to be done to targets.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param verb what
 * @param minAge how long a zombie must have been one, in whole milliseconds
 * @param dryRun whether nothing is to be done, only said
 * @param adopter who becomes the parent; empty for the process that would inherit the zombie
 * @param signal the signal that tells it; empty for SIGCHLD
 */
public record Order(Verb verb, Duration minAge, boolean dryRun, OptionalLong adopter, OptionalInt signal) {

    /** To reap. */
    public static Order reap(ReapOptions options) {
        return of(Verb.REAP, options);
    }

    /** To release. */
    public static Order release(ReapOptions options) {
        return of(Verb.RELEASE, options);
    }

    /** To hand over. */
    public static Order adopt(AdoptOptions options) {
        return new Order(Verb.ADOPT, options.minAge(), options.dryRun(), options.adopter(), options.signal());
    }

    private static Order of(Verb verb, ReapOptions options) {
        return new Order(verb, options.minAge(), options.dryRun(), OptionalLong.empty(), OptionalInt.empty());
    }
}
