// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;

/**
 * Other JVMs, with options and a class path of their own.
 *
 * @param home the Java to start
 * @param classPath its class path
 * @param options its options
 */
public record Jvm(Path home, String classPath, List<String> options) {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    /** What a program printed, and its exit code. */
    public record Ended(int code, String out, String err) {}

    /** The Java that runs this, with the same class path. */
    public static Jvm likeThis() {
        return new Jvm(Path.of(System.getProperty("java.home")), System.getProperty("java.class.path"), List.of());
    }

    /**
     * How a command begins that starts the Java that runs this, for a short run in an emulated guest.
     * QEMU translates code anew each time that a JVM compiles or patches it, so a JVM that compiles
     * nothing starts faster.
     */
    static List<String> emulated() {
        return List.of(likeThis().home.resolve("bin/java").toString(), "-Xint", "-XX:+UseSerialGC");
    }

    /** The Java that runs this, and the others that Debian's packages put beside each other. */
    public static List<Jvm> allHere() throws IOException {
        List<Path> homes = new ArrayList<>(List.of(likeThis().home.toRealPath()));
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> folders = Files.list(INSTALLED)) {
                for (Path folder : folders.sorted().toList()) {
                    if (Files.isExecutable(folder.resolve("bin/java"))) {
                        homes.add(folder.toRealPath());
                    }
                }
            }
        }
        List<Jvm> known = new ArrayList<>();
        for (Path home : homes.stream().distinct().toList()) {
            Jvm jvm = new Jvm(home, likeThis().classPath, List.of());
            if (jvm.feature() >= 17) {
                known.add(jvm);
            }
        }
        return known;
    }

    /** The version, such as 17. */
    public int feature() throws IOException {
        Properties release = new Properties();
        try (var text = Files.newBufferedReader(home.resolve("release"))) {
            release.load(text);
        }
        return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", ""))
                .feature();
    }

    /** The same with more options. */
    public Jvm with(String... more) {
        return new Jvm(
                home,
                classPath,
                Stream.concat(options.stream(), Arrays.stream(more)).toList());
    }

    /** The same without the jars whose names begin like this. */
    public Jvm without(String jar) {
        return new Jvm(
                home,
                Arrays.stream(classPath.split(File.pathSeparator))
                        .filter(element ->
                                !Path.of(element).getFileName().toString().startsWith(jar))
                        .collect(Collectors.joining(File.pathSeparator)),
                options);
    }

    /** Runs a program to its end. */
    public Ended run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of(home.resolve("bin/java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        line.addAll(options);
        line.addAll(List.of("-cp", classPath, program.getName()));
        line.addAll(List.of(arguments));
        return run(line);
    }

    /** Runs a command to its end. */
    public static Ended run(List<String> line) throws IOException, InterruptedException {
        Path err = Files.createTempFile("jvm", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(line).redirectError(err.toFile());
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
            Process process = builder.start();
            String out = IOUtils.toString(process.getInputStream(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    @Override
    public String toString() {
        return "Java of " + home.getFileName();
    }
}
