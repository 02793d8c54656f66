// SPDX-License-Identifier: Apache-2.0

/** The names of containers; {@link org.zreap.engines.EngineState} is the way in. */
module org.zreap.engines {
    requires com.fasterxml.jackson.core;
    requires transitive org.zreap;
    requires static org.jspecify;

    exports org.zreap.engines;
}
