// SPDX-License-Identifier: Apache-2.0
package org.zreap.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The meters of one {@link ZreapMetrics} in one registry. After {@link #close} they are no longer
 * there, and no new ones come.
 *
 * <p>Thread-safe.
 */
final class Registration implements AutoCloseable {

    private final MeterRegistry registry;
    private final Set<Meter> meters = new HashSet<>();
    private boolean closed;

    Registration(MeterRegistry registry) {
        this.registry = registry;
    }

    boolean isIn(MeterRegistry other) {
        return registry.equals(other);
    }

    synchronized void add(Function<MeterRegistry, ? extends Meter> meter) {
        if (!closed) {
            meters.add(meter.apply(registry));
        }
    }

    synchronized void count(Counter.Builder meter, double amount) {
        if (!closed) {
            Counter counter = meter.register(registry);
            meters.add(counter);
            counter.increment(amount);
        }
    }

    synchronized void time(Timer.Builder meter, Duration elapsed) {
        if (!closed) {
            Timer timer = meter.register(registry);
            meters.add(timer);
            timer.record(elapsed);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        meters.forEach(registry::remove);
        meters.clear();
    }
}
