// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Meters in one registry. After {@link #close} they are no longer
 * there, and no new ones come.
 *
 * <p>Thread-safe.
 */
public final class Registration implements AutoCloseable {

    private final MeterRegistry registry;
    private final KeyedMeters<Crowd> crowds;
    private final Set<Meter> meters = new HashSet<>();
    private boolean closed;

    /** Registers there, nothing at first. The maker tells what to register for a crowd. */
    public Registration(MeterRegistry registry, Function<Crowd, List<Function<MeterRegistry, ? extends Meter>>> maker) {
        this.registry = registry;
        this.crowds = new KeyedMeters<>(registry, maker);
    }

    /** Whether this is the registry. */
    public boolean isIn(MeterRegistry other) {
        return registry.equals(other);
    }

    /** Has the meters of these crowds, and of no others. */
    public synchronized void keep(Collection<Crowd> present) {
        if (!closed) {
            crowds.keep(present);
        }
    }

    /** Registers a meter. */
    public synchronized void add(Function<MeterRegistry, ? extends Meter> meter) {
        if (!closed) {
            meters.add(meter.apply(registry));
        }
    }

    /** Adds to a counter. */
    public synchronized void count(Counter.Builder meter, double amount) {
        if (!closed) {
            Counter counter = meter.register(registry);
            meters.add(counter);
            counter.increment(amount);
        }
    }

    /** Adds to a timer. */
    public synchronized void time(Timer.Builder meter, Duration elapsed) {
        if (!closed) {
            Timer timer = meter.register(registry);
            meters.add(timer);
            timer.record(elapsed);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        crowds.keep(List.of());
        meters.forEach(registry::remove);
        meters.clear();
    }
}
