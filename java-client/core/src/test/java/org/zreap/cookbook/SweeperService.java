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
import org.zreap.ZreapException;

final class SweeperService implements AutoCloseable {

    private final Zreap zreap = Zreap.open();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final SweepOptions options;
    private final Consumer<ReapReport> reports;
    private final Consumer<ZreapException> troubles;

    SweeperService(SweepOptions options, Consumer<ReapReport> reports, Consumer<ZreapException> troubles) {
        this.options = options;
        this.reports = reports;
        this.troubles = troubles;
    }

    void start(Duration every) {
        thread.scheduleWithFixedDelay(this::sweep, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            reports.accept(zreap.reapAll(options));
        } catch (ZreapException e) {
            troubles.accept(e); // and the next sweep is made all the same
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(1, TimeUnit.MINUTES);
        zreap.close();
    }
}
