// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.zreap.AdoptOptions;
import org.zreap.ProcessIdentity;
import org.zreap.ReapOptions;
import org.zreap.SweepOptions;
import org.zreap.Target;

class BatchesTest {

    @Test
    void writesOneLineForEachTarget() {
        List<Batches.Batch> batches =
                Batches.of(List.of(Target.ofPid(7), new ProcessIdentity(12, 345)), Order.reap(ReapOptions.defaults()));

        assertEquals(1, batches.size());
        assertEquals("7\n12@345\n", text(batches.get(0)));
    }

    @Test
    void writesOptionsBehindEachTarget() {
        ReapOptions options = ReapOptions.builder()
                .minAge(Duration.ofMillis(1500).plusNanos(1))
                .dryRun(true)
                .build();

        assertEquals(
                "7 min-age=1501ms dry-run\n8 min-age=1501ms dry-run\n",
                text(Batches.of(List.of(Target.ofPid(7), Target.ofPid(8)), Order.reap(options))
                        .get(0)));
    }

    @Test
    void writesWhetherParentsMayWait() {
        ReapOptions force = ReapOptions.builder().force(true).build();
        SweepOptions sweep = SweepOptions.defaults();
        SweepOptions forcedSweep =
                SweepOptions.builder().minAge(Duration.ZERO).force(true).build();

        assertEquals("7 force\n", only(Order.reap(force)));
        assertEquals("release 7 force\n", only(Order.release(force)));
        assertEquals(
                "adopt 7 force\n",
                only(Order.adopt(AdoptOptions.builder().force(true).build())));
        assertEquals("7 min-age=60000ms gentle\n", only(Order.sweep(sweep)));
        assertEquals("7 gentle force\n", only(Order.sweep(forcedSweep)));
        assertEquals(List.of("min-age", "gentle"), Order.sweep(sweep).options());
        assertEquals(List.of(), Order.reap(ReapOptions.defaults()).options());
    }

    @Test
    void writesVerbsOtherThanReap() {
        AdoptOptions toInit = AdoptOptions.defaults();
        AdoptOptions toOther = AdoptOptions.builder()
                .adopter(12)
                .signal("USR1")
                .minAge(Duration.ofSeconds(1))
                .dryRun(true)
                .build();

        assertEquals(
                List.of("min-age", "dry-run", "to", "signal"),
                Order.adopt(toOther).options());
        assertEquals("release 7\n", only(Order.release(ReapOptions.defaults())));
        assertEquals("adopt 7\n", only(Order.adopt(toInit)));
        assertEquals("adopt 7 min-age=1000ms dry-run to=12 signal=10\n", only(Order.adopt(toOther)));
    }

    @Test
    void writesNothingForNobody() {
        assertEquals(List.of(), Batches.of(List.of(), Order.reap(ReapOptions.defaults())));
    }

    /** 2048 lines of 32 bytes are as much as one write may have. */
    @Test
    void fillsABatchToItsLastByte() {
        Order order = Order.adopt(AdoptOptions.defaults());
        List<Target> targets =
                new ArrayList<>(Collections.nCopies(2048, new ProcessIdentity(1_000_000, 10_000_000_000_000_000L)));

        assertEquals(
                List.of(Batches.MAX_BYTES),
                Batches.of(targets, order).stream()
                        .map(batch -> batch.bytes().length)
                        .toList());

        targets.set(0, new ProcessIdentity(1_000_000, 100_000_000_000_000_000L));
        assertEquals(
                List.of(Batches.MAX_BYTES - 31, 32),
                Batches.of(targets, order).stream()
                        .map(batch -> batch.bytes().length)
                        .toList());
    }

    @Property(tries = 50)
    void cutsWithoutLossIntoFullBatches(@ForAll("requests") List<Target> targets) {
        List<Batches.Batch> batches = Batches.of(targets, Order.reap(ReapOptions.defaults()));

        assertEquals(
                targets, batches.stream().flatMap(b -> b.targets().stream()).toList());
        assertEquals(
                targets.stream().map(t -> t + "\n").collect(Collectors.joining()),
                batches.stream().map(BatchesTest::text).collect(Collectors.joining()));
        for (int i = 0; i < batches.size(); i++) {
            int bytes = batches.get(i).bytes().length;
            int size = batches.get(i).targets().size();
            assertTrue(bytes <= Batches.MAX_BYTES && size <= Batches.MAX_TARGETS);
            if (i + 1 < batches.size()) {
                int next = text(batches.get(i + 1)).indexOf('\n') + 1;
                assertTrue(bytes + next > Batches.MAX_BYTES || size == Batches.MAX_TARGETS, "a batch ends early");
            }
        }
    }

    @Provide
    static Arbitrary<List<Target>> requests() {
        Arbitrary<Long> pids = Arbitraries.longs().between(1, Target.MAX_PID);
        Arbitrary<Target> bare = pids.map(Target::ofPid);
        Arbitrary<Target> exact =
                Combinators.combine(pids, Arbitraries.longs().greaterOrEqual(0)).as(ProcessIdentity::new);
        return Arbitraries.oneOf(bare, exact).list().ofMaxSize(8000);
    }

    private static String only(Order order) {
        return text(Batches.of(List.of(Target.ofPid(7)), order).get(0));
    }

    private static String text(Batches.Batch batch) {
        return new String(batch.bytes(), StandardCharsets.US_ASCII);
    }
}
