// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import static org.zreap.serve.policy.Key.optional;
import static org.zreap.serve.policy.Key.required;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** The keys of a policy's section for metrics, and how that is made of them. Stateless. */
final class MetricsKeys {

    private static final InetSocketAddress DEFAULT_ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 9737);

    private static final Key<InetSocketAddress> LISTEN = optional(
            "listen",
            Shapes.address("127.0.0.1:9737"),
            "The IP address and port. Port 0 takes a free one. Default: 127.0.0.1:9737.");
    private static final Key<Path> KEYSTORE =
            required("keystore", Shapes.path(".p12"), "The keystore (PKCS #12) with the key and the certificate.");
    private static final Key<Path> PASSWORD_FILE =
            required("password-file", Shapes.path(""), "A file whose first line is the password.");
    private static final Key<Metrics.Tls> TLS =
            optional("tls", both(KEYSTORE, PASSWORD_FILE, Metrics.Tls::new), "Let Prometheus scrape by HTTPS.");
    private static final Key<String> USER = required("user", Shapes.text("a name"), "The name.");
    private static final Key<Metrics.BasicAuth> BASIC_AUTH = optional(
            "basic-auth",
            both(USER, PASSWORD_FILE, Metrics.BasicAuth::new),
            "Let nobody scrape without this name and password.");
    private static final Key<Metrics.Http> HTTP = optional(
            "http",
            Section.of(LISTEN, TLS, BASIC_AUTH)
                    .map(values -> new Metrics.Http(
                            LISTEN.in(values).orElse(DEFAULT_ADDRESS), TLS.in(values), BASIC_AUTH.in(values))),
            "Let Prometheus scrape. Without this key nothing listens.");
    private static final Key<Path> TEXTFILE = optional(
            "textfile", Shapes.path(".prom"), "A file for node_exporter's textfile collector; its name ends in .prom.");
    private static final Key<Boolean> JMX =
            optional("jmx", Shapes.flag(), "Make the metrics MBeans of the service's JVM. Default: false.");

    /** The section. */
    static final Key<Metrics> METRICS = optional(
            "metrics",
            Section.of(HTTP, TEXTFILE, JMX)
                    .map(values -> new Metrics(
                            HTTP.in(values), TEXTFILE.in(values), JMX.in(values).orElse(false))),
            "How the service publishes its metrics. Without this key it does not.");

    private MetricsKeys() {}

    /** A section with these two keys, which it needs. */
    private static <A, B, T> Shape<T> both(Key<A> first, Key<B> second, BiFunction<A, B, T> maker) {
        return new Checked<>(
                Section.of(first, second),
                (values, node, problems) ->
                        first.in(values).flatMap(one -> second.in(values).map(other -> maker.apply(one, other))));
    }
}
