// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.zreap.AdoptOptions;
import org.zreap.ModuleTooOldException;
import org.zreap.NativeLibraryException;
import org.zreap.ReapOptions;
import org.zreap.SweepOptions;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.transport.OptionsFile;
import org.zreap.internal.wire.Order;
import org.zreap.module.ModuleProblem.Kind;

/**
 * Compares the loaded module with the installed one and with this library.
 *
 * <p>Immutable and so thread-safe.
 */
final class LoadedRelease {

    private static final String LOADED = "sys/module/zreap/";

    private static final String RELOAD = "rmmod zreap && modprobe zreap";

    /** The options of this library that not every module knows. */
    private static final List<Order> ORDERS = List.of(
            Order.sweep(SweepOptions.defaults()),
            Order.reap(ReapOptions.builder().force(true).build()),
            Order.adopt(AdoptOptions.defaults()));

    private final SystemFiles files;
    private final OptionsFile options;

    LoadedRelease(SystemFiles files, Sys sys) {
        this.files = files;
        this.options = new OptionsFile(sys, files.root().resolve("sys/kernel/zreap"));
    }

    /** The problems of the loaded module. */
    Stream<ModuleProblem> problems(Optional<ModuleInfo> installed) {
        return Stream.concat(installed.flatMap(this::otherThan).stream(), tooOld().stream());
    }

    private Optional<ModuleProblem> otherThan(ModuleInfo installed) {
        boolean isSame = Stream.of("version", "srcversion").allMatch(field -> {
            Optional<String> loaded = files.line(LOADED + field);
            Optional<String> onDisk = installed.field(field);
            return loaded.isEmpty() || onDisk.isEmpty() || loaded.equals(onDisk);
        });
        return isSame
                ? Optional.empty()
                : Optional.of(new ModuleProblem(
                        Kind.OTHER_IS_LOADED,
                        "the loaded module is not the installed one: loaded is " + loaded() + ", installed "
                                + named(installed.field("version"), installed.field("srcversion")),
                        RELOAD));
    }

    private Optional<ModuleProblem> tooOld() {
        for (Order order : ORDERS) {
            try {
                options.require(order);
            } catch (NativeLibraryException e) {
                return Optional.empty();
            } catch (ModuleTooOldException e) {
                return Optional.of(new ModuleProblem(
                        Kind.TOO_OLD,
                        "the loaded module, " + loaded() + ", is too old for this command: it does not know "
                                + String.join(", ", order.options()),
                        "install the module of the same release as this command; then " + RELOAD));
            }
        }
        return Optional.empty();
    }

    private String loaded() {
        return named(files.line(LOADED + "version"), files.line(LOADED + "srcversion"));
    }

    private static String named(Optional<String> version, Optional<String> source) {
        return "version " + version.orElse("unknown")
                + source.map(hash -> " (srcversion " + hash + ")").orElse("");
    }
}
