// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.util.Map;
import java.util.function.BiFunction;
import org.zreap.internal.ResultParts;

/** The words by which {@code /proc/zreap} names results. Stateless. */
final class ResultWords {

    private static final Map<String, BiFunction<String, ProcessFacts, ReapResult>> KNOWN = Map.ofEntries(
            Map.entry("reaped", ReapResult.Reaped::new),
            Map.entry("released", ReapResult.Released::new),
            Map.entry("adopted", ReapResult.Adopted::new),
            Map.entry("would-reap", ReapResult.WouldReap::new),
            Map.entry("would-adopt", ReapResult.WouldAdopt::new),
            Map.entry("would-release", ReapResult.WouldRelease::new),
            Map.entry("gone", ReapResult.Gone::new),
            Map.entry("thread", ReapResult.ThreadId::new),
            Map.entry("reused", ReapResult.Reused::new),
            Map.entry("denied", ReapResult.Denied::new),
            Map.entry("alive", ReapResult.Alive::new),
            Map.entry("threads", ReapResult.Threads::new),
            Map.entry("busy", ReapResult.Busy::new),
            Map.entry("traced", ReapResult.Traced::new),
            Map.entry("kernel-child", ReapResult.KernelChild::new),
            Map.entry("parent-stopped", ReapResult.ParentStopped::new),
            Map.entry("parent-busy", ReapResult.ParentBusy::new),
            Map.entry("young", ReapResult.Young::new),
            Map.entry("no-adopter", ReapResult.NoAdopter::new),
            Map.entry("adopter-exiting", ReapResult.AdopterExiting::new),
            Map.entry("adopter-blind", ReapResult.AdopterBlind::new),
            Map.entry("own-child", ReapResult.OwnChild::new),
            Map.entry("deaf", ReapResult.Deaf::new),
            Map.entry("failed", ReapResult.Failed::new));

    private ResultWords() {}

    /**
     * The result that a word names.
     *
     * @throws IllegalArgumentException if the result lacks a required value
     */
    static ReapResult resultOf(ResultParts parts) {
        BiFunction<String, ProcessFacts, ReapResult> known = KNOWN.get(parts.word());
        return known != null
                ? known.apply(parts.word(), parts.process())
                : new ReapResult.Unknown(parts.word(), parts.process(), parts.errno());
    }
}
