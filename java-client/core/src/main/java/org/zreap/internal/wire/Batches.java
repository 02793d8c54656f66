// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.zreap.Target;

/** Cuts a request into batches that the module takes in one write each. Stateless. */
public final class Batches {

    /** What the module takes at most in one write. */
    public static final int MAX_BYTES = 64 << 10;

    private Batches() {}

    /**
     * One batch.
     *
     * @param targets whom it names, in order
     * @param bytes the lines to write
     */
    @SuppressWarnings("ArrayRecordComponent") // made here, written once, never compared
    public record Batch(List<Target> targets, byte[] bytes) {}

    /**
     * Cuts a request, in order; a target is a line.
     *
     * @param targets whom it names
     * @return no batch for no target
     */
    public static List<Batch> of(List<? extends Target> targets) {
        List<Batch> batches = new ArrayList<>();
        List<Target> batch = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (Target target : targets) {
            String line = line(target);
            if (lines.length() + line.length() > MAX_BYTES) {
                batches.add(batch(batch, lines));
                batch = new ArrayList<>();
                lines.setLength(0);
            }
            batch.add(target);
            lines.append(line);
        }
        if (!batch.isEmpty()) {
            batches.add(batch(batch, lines));
        }
        return List.copyOf(batches);
    }

    private static Batch batch(List<Target> targets, StringBuilder lines) {
        return new Batch(List.copyOf(targets), lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(Target target) {
        StringBuilder line = new StringBuilder().append(target.pid());
        target.start().ifPresent(start -> line.append('@').append(start));
        return line.append('\n').toString();
    }
}
