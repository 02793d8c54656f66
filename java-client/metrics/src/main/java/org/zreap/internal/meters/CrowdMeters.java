// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.meters;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Describes the meters of a crowd. Stateless. */
public final class CrowdMeters {

    private CrowdMeters() {}

    /** Gives the numbers of crowds. */
    public interface Reader {

        /** A number of a crowd. */
        double read(Crowd crowd, ToDoubleFunction<Tally> number);
    }

    /** Its zombies, their births, and the oldest age. The births need somebody who keeps the reader. */
    public static List<Function<MeterRegistry, ? extends Meter>> of(Crowd crowd, Reader reader) {
        return List.of(
                gauge("zreap.zombies", crowd, reader, Tally::zombies).description("How many zombies there are")
                        ::register,
                gauge("zreap.zombies.oldest.age", crowd, reader, Tally::oldestSeconds)
                        .description("The age of the oldest zombie")
                        .baseUnit("seconds")::register,
                FunctionCounter.builder("zreap.births", reader, one -> one.read(crowd, Tally::births))
                        .description("Zombies that came after the first look")
                        .tags(crowd.tags())::register);
    }

    /** Any gauge of a crowd. */
    public static Gauge.Builder<Reader> gauge(String name, Crowd crowd, Reader reader, ToDoubleFunction<Tally> number) {
        return Gauge.builder(name, reader, one -> one.read(crowd, number))
                .strongReference(true)
                .tags(crowd.tags());
    }
}
