// SPDX-License-Identifier: Apache-2.0

/** Metrics of zombies for Micrometer; {@link org.zreap.micrometer.ZreapMetrics} is the way in. */
@SuppressWarnings({
    "requires-transitive-automatic", // Micrometer has a name for modules, but no more
    "module" // the service is built after it
})
module org.zreap.micrometer {
    requires transitive micrometer.core;
    requires transitive org.zreap;
    requires static org.jspecify;

    exports org.zreap.micrometer;
    exports org.zreap.internal.meters to
            org.zreap.serve;
}
