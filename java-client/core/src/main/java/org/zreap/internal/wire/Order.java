// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.zreap.AdoptOptions;
import org.zreap.ReapOptions;
import org.zreap.SweepOptions;

/**
 * What is to be done to targets.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param verb what
 * @param minAge how long a zombie must have been one, in whole milliseconds
 * @param dryRun whether nothing is to be done, only said
 * @param gentle whether children of a parent that is in an uninterruptible sleep or not told yet
 *     are spared
 * @param force whether children of a parent that may still wait are taken all the same
 * @param adopter who becomes the parent; empty for the process that would inherit the zombie
 * @param signal the signal that tells it; empty for SIGCHLD
 */
public record Order(
        Verb verb,
        Duration minAge,
        boolean dryRun,
        boolean gentle,
        boolean force,
        OptionalLong adopter,
        OptionalInt signal) {

    /** To reap. */
    public static Order reap(ReapOptions options) {
        return of(Verb.REAP, options, false);
    }

    /** To reap what nobody has named: gentle as {@code all} is. */
    public static Order sweep(SweepOptions options) {
        return of(Verb.REAP, options.reapOptions(), true);
    }

    /** To release. */
    public static Order release(ReapOptions options) {
        return of(Verb.RELEASE, options, false);
    }

    /** To hand over. */
    public static Order adopt(AdoptOptions options) {
        return new Order(
                Verb.ADOPT,
                options.minAge(),
                options.dryRun(),
                false,
                options.force(),
                options.adopter(),
                options.signal());
    }

    private static Order of(Verb verb, ReapOptions options, boolean gentle) {
        return new Order(
                verb,
                options.minAge(),
                options.dryRun(),
                gentle,
                options.force(),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    /** The options that a line of it has, as {@code /sys/kernel/zreap/options} names them. */
    public List<String> options() {
        List<String> words = new ArrayList<>();
        if (!minAge.isZero()) {
            words.add("min-age");
        }
        if (dryRun) {
            words.add("dry-run");
        }
        if (gentle) {
            words.add("gentle");
        }
        if (force) {
            words.add("force");
        }
        if (adopter.isPresent()) {
            words.add("to");
        }
        if (signal.isPresent()) {
            words.add("signal");
        }
        return List.copyOf(words);
    }
}
