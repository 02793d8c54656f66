// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zreap.Failure;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ZreapException;
import org.zreap.internal.LoadedModule;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

/**
 * Loads and unloads the kernel module {@code zreap}; needs CAP_SYS_MODULE.
 *
 * <p>Immutable and so thread-safe.
 */
public final class KernelModule {

    private static final String NAME = "zreap";

    /** MODULE_INIT_COMPRESSED_FILE: the kernel (5.17) unpacks the file itself. */
    private static final int COMPRESSED = 4;

    private final Sys sys;
    private final Path root;

    KernelModule(Sys sys, Path root) {
        this.sys = sys;
        this.root = root;
    }

    /**
     * The module of the running kernel.
     *
     * @return the module
     */
    public static KernelModule system() {
        return new KernelModule(Sys.linux(), Path.of("/"));
    }

    /**
     * Whether the module is loaded.
     *
     * @return whether the kernel lists it as live
     */
    public boolean isLoaded() {
        return LoadedModule.isThere(root);
    }

    /**
     * Where the module of the running kernel is installed: the file that depmod has listed and so
     * modprobe takes, or else one below {@code /lib/modules}.
     *
     * @return the file, also if it is compressed; empty if there is none
     * @throws ZreapException if the folder of modules cannot be read
     */
    public Optional<Path> installedFile() {
        try {
            String release =
                    Files.readString(root.resolve("proc/sys/kernel/osrelease")).strip();
            Path modules = root.resolve("lib/modules").resolve(release);
            if (!Files.isDirectory(modules)) {
                return Optional.empty();
            }
            Optional<Path> listed = listedFile(modules);
            if (listed.isPresent()) {
                return listed;
            }
            try (Stream<Path> files = Files.walk(modules)) {
                return files.filter(KernelModule::isModule).min(Comparator.naturalOrder());
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ZreapException(
                    Failure.of("cannot read the folder of kernel modules", "see that /lib/modules is readable")
                            .withCause(e));
        }
    }

    /**
     * Loads the installed module.
     *
     * @param parameters its parameters by name; none for the defaults
     * @throws ModuleMissingException if there is none for the running kernel
     * @throws PermissionException if this process may not load modules, or not this one
     * @throws ZreapException if the kernel does not take it, or if it has no such parameter; then it
     *     is not left loaded
     */
    public void load(Map<String, String> parameters) {
        Path file = installedFile()
                .orElseThrow(() -> new ModuleMissingException(Failure.of(
                        "there is no module zreap for the running kernel",
                        "build and install it for this kernel, see docs/kernels.md:"
                                + " make -C kmod modules modules_install")));
        load(file, parameters);
    }

    /**
     * Loads the module from a file.
     *
     * @param file a module for the running kernel
     * @param parameters its parameters by name; none for the defaults
     * @throws PermissionException if this process may not load modules, or not this one
     * @throws ZreapException if the kernel does not take it, or if it has no such parameter; then it
     *     is not left loaded
     */
    public void load(Path file, Map<String, String> parameters) {
        String arguments = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining(" "));
        int flags = file.toString().endsWith(".ko") ? 0 : COMPRESSED;
        try (Descriptor module = new Descriptor(sys, sys.openForReading(file.toString()))) {
            sys.finitModule(module.fd(), arguments, flags);
        } catch (ErrnoException e) {
            throw loadFailed(file, e);
        }
        unloadIfUnknown(file, parameters.keySet());
    }

    /** The kernel only warns of a parameter that the module does not have. */
    private void unloadIfUnknown(Path file, Set<String> names) {
        Set<String> known = parameters().keySet();
        Optional<String> unknown = names.stream()
                .filter(name -> !known.isEmpty() && !known.contains(name.replace('-', '_')))
                .findFirst();
        if (unknown.isPresent()) {
            unload();
            throw new ZreapException(Failure.of(
                            "the module zreap has no parameter " + unknown.get() + ", and was not left loaded",
                            "its parameters are " + String.join(", ", new TreeSet<>(known)))
                    .withPath(file));
        }
    }

    /**
     * The parameters of the loaded module.
     *
     * @return their values by name, empty where this process may not read one; none if the module
     *     is not loaded
     */
    public Map<String, String> parameters() {
        try (Stream<Path> files = Files.list(root.resolve("sys/module/zreap/parameters"))) {
            return files.collect(Collectors.toUnmodifiableMap(
                    file -> file.getFileName().toString(), file -> text(file).strip()));
        } catch (IOException | UncheckedIOException e) {
            return Map.of();
        }
    }

    /**
     * Unloads the module; waits for requests under way, but for those by netlink.
     *
     * @throws ModuleMissingException if it is not loaded
     * @throws PermissionException if this process may not unload modules
     * @throws ZreapException if the kernel keeps it, because another module needs it, or it works
     *     at a netlink request
     */
    public void unload() {
        try {
            sys.deleteModule(NAME);
        } catch (ErrnoException e) {
            throw unloadFailed(e);
        }
    }

    /** Of several files depmod lists the one that its search order prefers. */
    private static Optional<Path> listedFile(Path modules) {
        return text(modules.resolve("modules.dep"))
                .lines()
                .map(line -> modules.resolve(line.split(":", 2)[0]))
                .filter(file -> isModule(file) && Files.exists(file))
                .findFirst();
    }

    private static boolean isModule(Path file) {
        return file.getFileName().toString().matches(NAME + "\\.ko(\\.(xz|zst|gz))?");
    }

    private ZreapException loadFailed(Path file, ErrnoException e) {
        String problem = "cannot load " + file + " (" + e.getMessage() + ")";
        return switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES ->
                new PermissionException(failure(e, problem, permissionRemedy()).withPath(file));
            case Errno.ENOKEY, Errno.EKEYREJECTED, Errno.EBADMSG ->
                new PermissionException(failure(
                                e,
                                problem,
                                "sign the module with a key that the kernel trusts (mokutil --import enrolls one),"
                                        + " or turn Secure Boot off")
                        .withPath(file));
            case Errno.ENOEXEC ->
                new ZreapException(
                        failure(e, problem, "build it for the running kernel; the kernel log names the difference")
                                .withPath(file));
            case Errno.EEXIST ->
                new ZreapException(failure(e, problem, "it is loaded already").withPath(file));
            case Errno.ENOENT ->
                new ZreapException(
                        failure(e, problem, "see that the file is there, and in the kernel log which symbol is unknown")
                                .withPath(file));
            default ->
                new ZreapException(failure(e, problem, "see the kernel log, where the module says what it lacks")
                        .withPath(file));
        };
    }

    private ZreapException unloadFailed(ErrnoException e) {
        String problem = "cannot unload the module zreap (" + e.getMessage() + ")";
        return switch (e.errno()) {
            case Errno.ENOENT -> new ModuleMissingException(failure(e, problem, "it is not loaded"));
            case Errno.EPERM, Errno.EACCES -> new PermissionException(failure(e, problem, permissionRemedy()));
            case Errno.EAGAIN ->
                new ZreapException(failure(
                        e,
                        problem,
                        "let netlink requests end, and unload the modules that use it first; lsmod names them"));
            default -> new ZreapException(failure(e, problem, "see the kernel log"));
        };
    }

    /** Of the three reasons for EPERM, two can be seen. */
    private String permissionRemedy() {
        if (text(root.resolve("proc/sys/kernel/modules_disabled")).startsWith("1")) {
            return "modules are disabled until the next boot (kernel.modules_disabled=1)";
        }
        if (text(root.resolve("sys/kernel/security/lockdown")).matches("(?s).*\\[(integrity|confidentiality)\\].*")) {
            return "the kernel is locked down: sign the module with a key that it trusts";
        }
        return "run as root with CAP_SYS_MODULE";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static Failure failure(ErrnoException e, String problem, String remedy) {
        return Failure.of(problem, remedy).withErrno(e.errno(), e);
    }
}
