// SPDX-License-Identifier: Apache-2.0

/** The service of zreap; {@link org.zreap.serve.Service} is the way in. */
@SuppressWarnings("module") // the command is built after it
module org.zreap.serve {
    requires com.fasterxml.jackson.core;
    requires io.prometheus.metrics.exporter.httpserver;
    requires io.prometheus.metrics.model;
    requires jdk.httpserver;
    requires micrometer.core;
    requires micrometer.registry.jmx;
    requires micrometer.registry.prometheus;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires transitive org.zreap;
    requires transitive org.zreap.engines;
    requires transitive org.zreap.json;
    requires org.zreap.micrometer;
    requires static org.jspecify;

    exports org.zreap.serve to
            org.zreap.cli;
    exports org.zreap.serve.policy to
            org.zreap.cli;
    exports org.zreap.serve.records to
            org.zreap.cli;
    exports org.zreap.serve.watch to
            org.zreap.cli;
}
