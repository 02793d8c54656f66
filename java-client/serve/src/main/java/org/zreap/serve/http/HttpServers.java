// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.http;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What the HTTP servers of the service have in common: bounds, threads, and names of addresses. Stateless. */
public final class HttpServers {

    /** How many requests may wait for a thread. */
    public static final int WAITING = 16;

    /** One slow client does not keep the others waiting. */
    private static final int THREADS = 2;

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

    private HttpServers() {}

    /**
     * Sets the bounds of the JDK's HTTP server, unless Java was told others. The JDK reads them once:
     * call it before the first server of the process, later it changes nothing.
     */
    public static void setBounds() {
        BOUNDS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
    }

    /**
     * Threads for a server. All of them start at once, so the server answers where no thread can be
     * started any more.
     */
    public static ThreadPoolExecutor threads(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.prestartAllCoreThreads();
        return threads;
    }

    /** An address as it stands in a URL. */
    public static String host(InetAddress address) {
        String literal = address.getHostAddress();
        return literal.contains(":") ? "[" + literal + "]" : literal;
    }
}
