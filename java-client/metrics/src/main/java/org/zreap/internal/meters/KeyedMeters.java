// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.meters;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Meters in one registry, some for each key. They come and go with their keys.
 *
 * <p>Thread-safe.
 *
 * @param <K> the type of the keys
 */
public final class KeyedMeters<K> {

    private final MeterRegistry registry;
    private final Function<K, List<Function<MeterRegistry, ? extends Meter>>> maker;
    private final Map<K, List<? extends Meter>> meters = new HashMap<>();

    /**
     * Meters.
     *
     * @param registry where they are
     * @param maker what to register for a key
     */
    public KeyedMeters(MeterRegistry registry, Function<K, List<Function<MeterRegistry, ? extends Meter>>> maker) {
        this.registry = registry;
        this.maker = maker;
    }

    /** Has the meters of these keys, and no others. */
    public synchronized void keep(Collection<K> keys) {
        meters.entrySet().removeIf(entry -> {
            boolean isGone = !keys.contains(entry.getKey());
            if (isGone) {
                entry.getValue().forEach(registry::remove);
            }
            return isGone;
        });
        keys.forEach(key -> meters.computeIfAbsent(
                key,
                none -> maker.apply(key).stream()
                        .map(meter -> meter.apply(registry))
                        .toList()));
    }
}
