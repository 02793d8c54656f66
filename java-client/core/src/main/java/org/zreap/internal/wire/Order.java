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
 * The action on targets, with its options.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param verb the action
 * @param minAge how long a zombie must have been one, in whole milliseconds
 * @param dryRun whether the module changes nothing and only says what it would do
 * @param gentle whether to spare children of a parent that is in an uninterruptible sleep or not
 *     told yet
 * @param force whether to take also children of a parent that may still wait
 * @param adopter the process that becomes the parent; empty for the process that would inherit the
 *     zombie
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

    /** To reap zombies that no caller has named; gentle, like {@code all}. */
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

    /** The options in its lines, as {@code /sys/kernel/zreap/options} names them. */
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
