// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.zreap.Target;

/**
 * Cuts a request into batches that the module takes in one write each, by any caller. Stateless.
 */
public final class Batches {

    /** The most bytes that the module takes in one write. */
    public static final int MAX_BYTES = 64 << 10;

    /**
     * The most targets of which the module keeps results for a reader outside the initial PID
     * namespace.
     */
    public static final int MAX_TARGETS = 4096;

    private Batches() {}

    /**
     * One batch.
     *
     * @param targets the targets that it names, in order
     * @param bytes the lines to write
     */
    @SuppressWarnings("ArrayRecordComponent") // made here, written once, never compared
    public record Batch(List<Target> targets, byte[] bytes) {}

    /**
     * Cuts a request, in order. Each target is one line.
     *
     * @param targets the targets that it names
     * @param order what each line asks for
     * @return the batches; none without targets
     */
    public static List<Batch> of(List<? extends Target> targets, Order order) {
        String prefix = order.verb() == Verb.REAP ? "" : order.verb().word() + " ";
        String suffix = suffix(order);
        List<Batch> batches = new ArrayList<>();
        List<Target> batch = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (Target target : targets) {
            String line = prefix + target(target) + suffix;
            if (lines.length() + line.length() > MAX_BYTES || batch.size() == MAX_TARGETS) {
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

    private static String suffix(Order order) {
        StringBuilder suffix = new StringBuilder();
        if (!order.minAge().isZero()) {
            suffix.append(" min-age=").append(order.minAge().toMillis()).append("ms");
        }
        if (order.dryRun()) {
            suffix.append(" dry-run");
        }
        if (order.gentle()) {
            suffix.append(" gentle");
        }
        if (order.force()) {
            suffix.append(" force");
        }
        order.adopter().ifPresent(pid -> suffix.append(" to=").append(pid));
        order.signal().ifPresent(number -> suffix.append(" signal=").append(number));
        return suffix.append('\n').toString();
    }

    private static String target(Target target) {
        StringBuilder text = new StringBuilder().append(target.pid());
        target.start().ifPresent(start -> text.append('@').append(start));
        return text.toString();
    }
}
