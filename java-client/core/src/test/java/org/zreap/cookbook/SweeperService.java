// SPDX-License-Identifier: Apache-2.0
package org.zreap.cookbook;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.zreap.ReapReport;
import org.zreap.SweepOptions;
import org.zreap.Zreap;

final class SweeperService implements AutoCloseable {

    private final Zreap zreap;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final SweepOptions options;
    private final Consumer<ReapReport> reports;
    private final Consumer<Throwable> troubles;

    SweeperService(Zreap zreap, SweepOptions options, Consumer<ReapReport> reports, Consumer<Throwable> troubles) {
        this.zreap = zreap;
        this.options = options;
        this.reports = reports;
        this.troubles = troubles;
    }

    void start(Duration every) {
        thread.scheduleWithFixedDelay(this::sweep, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            reports.accept(zreap.sweep(options));
        } catch (Throwable e) {
            troubles.accept(e); // an Error too: whatever leaves this method ends the schedule, and nobody is told
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(1, TimeUnit.MINUTES);
        zreap.close();
    }
}
