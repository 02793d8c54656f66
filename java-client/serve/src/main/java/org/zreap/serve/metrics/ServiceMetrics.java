// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.metrics;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.zreap.serve.policy.Metrics;
import org.zreap.serve.watch.Look;
import org.zreap.serve.watch.LookListener;
import org.zreap.serve.watch.ServiceClock;

/**
 * Publishes metrics as long as the policy wants that. Without it, no class of a metrics library is
 * loaded.
 *
 * <p>Not thread-safe: the thread of the service uses it.
 */
public final class ServiceMetrics implements LookListener, AutoCloseable {

    private final Path module;
    private final ServiceClock clock;
    private final Consumer<String> log;
    private final Consumer<String> complaints;
    private Optional<Published> published = Optional.empty();

    /**
     * Publishes nothing yet.
     *
     * @param module the folder of the kernel module in sysfs
     * @param clock the clocks
     * @param log hears where the metrics are
     * @param complaints hears what cannot be done; the service goes on without it
     */
    public ServiceMetrics(Path module, ServiceClock clock, Consumer<String> log, Consumer<String> complaints) {
        this.module = module;
        this.clock = clock;
        this.log = log;
        this.complaints = complaints;
    }

    /**
     * Publishes as a policy says that has been read and is right. Counts go on, unless metrics or
     * JMX are turned on or off.
     */
    public void apply(Optional<Metrics> wanted) {
        boolean isJmxOther = published.stream()
                .anyMatch(one -> wanted.isPresent() && wanted.get().jmx() != one.hasJmx());
        if (wanted.isEmpty() || isJmxOther) {
            close();
        }
        wanted.ifPresent(this::publish);
    }

    private void publish(Metrics wanted) {
        Published one =
                published.orElseGet(() -> new Published(wanted.jmx(), new ModuleFiles(module), clock, log, complaints));
        published = Optional.of(one);
        one.listen(wanted.http());
        one.writeTo(wanted.textfile());
        one.meters().policyRead(true);
    }

    /** A policy with faults has been read. */
    public void policyRefused() {
        published.ifPresent(one -> one.meters().policyRead(false));
    }

    /** Does what is due. You may call this as often as you like. */
    public void refresh() {
        published.ifPresent(one -> one.refresh(clock.nanos()));
    }

    @Override
    public void looked(Supplier<Look> look) {
        published.ifPresent(one -> one.meters().looked(look.get()));
    }

    @Override
    public void failed(Instant time, String why) {
        published.ifPresent(one -> one.meters().failed());
    }

    @Override
    public void close() {
        published.ifPresent(Published::close);
        published = Optional.empty();
    }
}
