// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.zreap.internal.Durations;

/** The forms of single values and of lists. Stateless. */
final class Shapes {

    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");
    private static final Pattern CLOCK = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern ADDRESS =
            Pattern.compile("((?:" + BYTE + "\\.){3}" + BYTE + "|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})");
    private static final int MOST_PORT = 65_535;

    private Shapes() {}

    /** A scalar whose text a function understands. */
    private record Scalar<T>(String wanted, Function<ScalarNode, Optional<T>> parse, Map<String, Object> schema)
            implements Shape<T> {

        @Override
        public Optional<T> read(Node node, Problems problems) {
            Optional<T> value = node instanceof ScalarNode scalar ? parse.apply(scalar) : Optional.empty();
            if (value.isEmpty()) {
                problems.add(node, "here belongs " + wanted + ", not " + Described.of(node));
            }
            return value;
        }
    }

    /** A list, or one value in its place. */
    private record Several<T>(Shape<T> one) implements Shape<List<T>> {

        @Override
        public Optional<List<T>> read(Node node, Problems problems) {
            if (node instanceof SequenceNode) {
                return new Listed<>(one).read(node, problems);
            }
            return one.read(node, problems).map(List::of);
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("anyOf", List.of(one.schema(), new Listed<>(one).schema()));
        }
    }

    /** A list that is not empty. */
    private record Listed<T>(Shape<T> one) implements Shape<List<T>> {

        @Override
        public Optional<List<T>> read(Node node, Problems problems) {
            if (!(node instanceof SequenceNode sequence)) {
                problems.add(node, "here belongs a list, each entry after a dash, not " + Described.of(node));
                return Optional.empty();
            }
            if (sequence.getValue().isEmpty()) {
                problems.add(node, "the list is empty; leave its key out");
                return Optional.empty();
            }
            List<T> values = new ArrayList<>();
            sequence.getValue().forEach(entry -> one.read(entry, problems).ifPresent(values::add));
            return Optional.of(List.copyOf(values));
        }

        @Override
        public Map<String, Object> schema() {
            return ordered("type", "array", "items", one.schema(), "minItems", 1);
        }
    }

    /** A text that is not empty. */
    static Shape<String> text(String wanted) {
        return new Scalar<>(
                wanted,
                scalar -> Optional.of(scalar.getValue()).filter(text -> isText(scalar) && !text.isEmpty()),
                ordered("type", "string", "minLength", 1));
    }

    /** A pattern with {@code *} and {@code ?}; a number stands for its digits. */
    static Shape<List<Glob>> globs(String wanted) {
        return several(new Scalar<>(
                wanted + ", in which * stands for any text and ? for one character",
                scalar -> Optional.of(scalar.getValue())
                        .filter(text -> !text.isEmpty() && (isText(scalar) || isWhole(scalar)))
                        .map(Glob::new),
                ordered("type", List.of("string", "integer"), "minLength", 1)));
    }

    static Shape<Boolean> flag() {
        return new Scalar<>(
                "true or false",
                scalar -> scalar.getTag().equals(Tag.BOOL)
                        ? Optional.of(scalar.getValue().toLowerCase(Locale.ROOT).equals("true"))
                        : Optional.empty(),
                ordered("type", "boolean"));
    }

    /** A time from a shortest to a longest one, as the command takes it. */
    static Shape<Duration> time(Duration shortest, Duration longest, String example) {
        return new Scalar<>(
                "a time with a unit, from " + Durations.text(shortest) + " to " + Durations.text(longest) + ", such as "
                        + example,
                scalar -> Durations.parse(scalar.getValue())
                        .filter(time -> time.compareTo(shortest) >= 0 && time.compareTo(longest) <= 0),
                ordered("type", "string", "pattern", "^" + Durations.FORM + "$", "examples", List.of(example)));
    }

    /** A whole number of percent, with its sign. */
    static Shape<Integer> percent(int least, int most, String example) {
        return new Scalar<>(
                "a share from " + least + "% to " + most + "%, such as " + example,
                scalar -> Optional.of(PERCENT.matcher(scalar.getValue()))
                        .filter(matcher -> matcher.matches())
                        .map(matcher -> Integer.valueOf(matcher.group(1)))
                        .filter(share -> share >= least && share <= most),
                ordered("type", "string", "pattern", "^" + PERCENT + "$", "examples", List.of(example)));
    }

    static Shape<Integer> whole(int least, int most) {
        return new Scalar<>(
                least == most ? "the number " + least : "a whole number from " + least + " to " + most,
                scalar -> Optional.of(scalar.getValue())
                        .filter(text -> isWhole(scalar) && text.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .filter(number -> number >= least && number <= most),
                ordered("type", "integer", "minimum", least, "maximum", most));
    }

    /** A time of day. */
    static Shape<LocalTime> clock() {
        return new Scalar<>(
                "a time of day from 00:00 to 23:59",
                scalar -> Optional.of(scalar.getValue())
                        .filter(text -> CLOCK.matcher(text).matches())
                        .map(LocalTime::parse),
                ordered("type", "string", "pattern", "^" + CLOCK + "$"));
    }

    /** An IP address and a port, such as {@code 127.0.0.1:80}. No name: its meaning could change. */
    static Shape<InetSocketAddress> address(String example) {
        return new Scalar<>(
                "an IP address and a port, such as " + example,
                scalar -> Optional.of(ADDRESS.matcher(scalar.getValue()))
                        .filter(Matcher::matches)
                        .flatMap(matcher -> socketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)))),
                ordered("type", "string", "pattern", "^" + ADDRESS + "$", "examples", List.of(example)));
    }

    private static Optional<InetSocketAddress> socketAddress(String address, int port) {
        try {
            return port <= MOST_PORT
                    ? Optional.of(new InetSocketAddress(InetAddress.getByName(address), port))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** An absolute path with a given end. */
    static Shape<Path> path(String suffix) {
        return new Scalar<>(
                "an absolute path" + (suffix.isEmpty() ? "" : " that ends in " + suffix),
                scalar -> Optional.of(scalar.getValue())
                        .filter(text -> text.startsWith("/") && text.endsWith(suffix) && text.indexOf('\0') < 0)
                        .map(Path::of),
                ordered("type", "string", "pattern", "^/.*" + suffix.replace(".", "\\.") + "$"));
    }

    /** A name in the header Host of a request, without its port. */
    static Shape<String> hostName() {
        return new Scalar<>(
                "the name of a host, without a port",
                scalar -> Optional.of(scalar.getValue())
                        .filter(text -> HOST_NAME.matcher(text).matches()),
                ordered("type", "string", "pattern", "^" + HOST_NAME + "$"));
    }

    /** A word for each of these. */
    static <T> Shape<T> word(Map<String, T> words) {
        return new Shape<>() {
            @Override
            public Optional<T> read(Node node, Problems problems) {
                String word = node instanceof ScalarNode scalar ? scalar.getValue() : "";
                Optional<T> value = Optional.ofNullable(words.get(word));
                if (value.isEmpty()) {
                    problems.add(
                            node,
                            word.isEmpty()
                                    ? "here belongs one of " + String.join(", ", words.keySet()) + ", not "
                                            + Described.of(node)
                                    : "there is no " + Described.quoted(word) + " here"
                                            + NearMiss.hint(word, words.keySet()));
                }
                return value;
            }

            @Override
            public Map<String, Object> schema() {
                return ordered("enum", List.copyOf(words.keySet()));
            }
        };
    }

    /** A word for each constant, as the other interfaces write words. */
    static <E extends Enum<E>> Shape<E> word(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Stream.of(type.getEnumConstants()).forEach(constant -> words.put(wordOf(constant), constant));
        return word(words);
    }

    static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <T> Shape<List<T>> several(Shape<T> one) {
        return new Several<>(one);
    }

    static <T> Shape<List<T>> list(Shape<T> one) {
        return new Listed<>(one);
    }

    private static boolean isText(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.STR);
    }

    private static boolean isWhole(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.INT);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            schema.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return schema;
    }
}
