// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import java.util.Map;

/**
 * The bounds of the JDK's HTTP server, unless Java was told others. The JDK reads them once, before
 * its first server. So they hold for the metrics too.
 */
public final class HttpBounds {

    /** In seconds and bytes. */
    private static final Map<String, String> BOUNDS = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "10",
            "sun.net.httpserver.idleInterval", "10",
            "sun.net.httpserver.maxIdleConnections", "8",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.drainAmount", "0",
            "jdk.httpserver.maxConnections", "32");

    private HttpBounds() {}

    /** Sets them. Call it before the first server of the process; later it changes nothing. */
    public static void set() {
        BOUNDS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
    }
}
