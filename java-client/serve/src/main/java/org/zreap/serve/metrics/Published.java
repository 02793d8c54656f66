// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zreap.serve.policy.Metrics;
import org.zreap.serve.watch.ServiceClock;

/**
 * The metrics while the policy wants them, in each form that it wants.
 *
 * <p>Not thread-safe.
 */
final class Published implements AutoCloseable {

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompositeMeterRegistry all = new CompositeMeterRegistry(Clock.SYSTEM, List.of(prometheus));
    private final boolean hasJmx;
    private final ServiceMeters meters;
    private final Consumer<String> log;
    private final Consumer<String> complaints;
    private Optional<Metrics.Http> listening = Optional.empty();
    private Optional<HttpExporter> http = Optional.empty();
    private Optional<Textfile> textfile = Optional.empty();

    /** Publishes nothing yet, except by JMX if that is wanted. */
    Published(
            boolean hasJmx, ModuleFiles module, ServiceClock clock, Consumer<String> log, Consumer<String> complaints) {
        this.hasJmx = hasJmx;
        if (hasJmx) {
            all.add(jmx());
        }
        this.meters = new ServiceMeters(all, module, clock);
        this.log = log;
        this.complaints = complaints;
    }

    private static MeterRegistry jmx() {
        JmxConfig config = new JmxConfig() {
            @Override
            public String domain() {
                return "org.zreap";
            }

            @Override
            public @Nullable String get(String key) {
                return null; // its default
            }
        };
        return new JmxMeterRegistry(config, Clock.SYSTEM);
    }

    /** Whether the metrics are MBeans. That does not change, because a count would begin anew there alone. */
    boolean hasJmx() {
        return hasJmx;
    }

    ServiceMeters meters() {
        return meters;
    }

    /** Listens here from now on, or nowhere. It reads files of the HTTP server anew. Counts go on. */
    void listen(Optional<Metrics.Http> wanted) {
        if (!wanted.equals(listening)
                || http.isEmpty()
                || wanted.filter(Metrics.Http::hasFiles).isPresent()) {
            http.ifPresent(HttpExporter::close);
            http = wanted.flatMap(this::open);
            listening = wanted;
        }
    }

    /** Writes this file from now on, or none. Counts go on. */
    void writeTo(Optional<Path> wanted) {
        if (!wanted.equals(textfile.map(Textfile::path))) {
            textfile.ifPresent(Textfile::remove);
            textfile = wanted.map(path -> new Textfile(path, complaints));
        }
    }

    private Optional<HttpExporter> open(Metrics.Http wanted) {
        try {
            HttpExporter exporter = HttpExporter.open(wanted, prometheus.getPrometheusRegistry());
            log.accept("metrics: " + exporter.url());
            return Optional.of(exporter);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            complaints.accept(
                    "no metrics at " + HttpExporter.url(wanted, wanted.address().getPort()) + " (" + e + ")");
            return Optional.empty();
        }
    }

    /** Writes the file if that is due. */
    void refresh(long nanos) {
        textfile.ifPresent(file -> file.refresh(prometheus::scrape, nanos));
    }

    @Override
    public void close() {
        listen(Optional.empty());
        writeTo(Optional.empty());
        all.close();
    }
}
