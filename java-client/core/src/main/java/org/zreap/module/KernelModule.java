// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.zreap.CommandName;
import org.zreap.Failure;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ZreapException;
import org.zreap.internal.LoadedModule;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;

/**
 * Loads and unloads the kernel module {@code zreap}. Both need CAP_SYS_MODULE.
 *
 * <p>Immutable and so thread-safe.
 */
public final class KernelModule {

    private static final String NAME = "zreap";
    private static final String PARAMETERS = "sys/module/zreap/parameters";

    /** MODULE_INIT_COMPRESSED_FILE: the kernel (5.17) unpacks the file itself. */
    private static final int COMPRESSED = 4;

    private final Sys sys;
    private final SystemFiles files;
    private final Kernels kernels;
    private final LoadObstacles obstacles;
    private final ModuleInfo.Reader reader;
    private final AdminTool tool;

    KernelModule(Sys sys, Path root, ModuleInfo.Reader reader, AdminTool tool) {
        this.sys = sys;
        this.files = new SystemFiles(root);
        this.kernels = new Kernels(files);
        this.obstacles = new LoadObstacles(files);
        this.reader = reader;
        this.tool = tool;
    }

    /**
     * The module of the running kernel.
     *
     * @return the module
     */
    public static KernelModule system() {
        return new KernelModule(Sys.linux(), Path.of("/"), ModuleInfo::ask, AdminTool::ofSystem);
    }

    /**
     * Whether the module is loaded.
     *
     * @return whether the kernel lists it as live
     */
    public boolean isLoaded() {
        return LoadedModule.isThere(files.root());
    }

    /**
     * The installed file of the module for the running kernel. It is the file that depmod lists and
     * modprobe loads, or else one below {@code /lib/modules}.
     *
     * @return the file, also if it is compressed; empty if there is none
     * @throws ZreapException if the folder of modules cannot be read
     */
    public Optional<Path> installedFile() {
        return kernels.running().flatMap(kernels::moduleFor);
    }

    /**
     * Loads the installed module by modprobe(8), as the files of modprobe.d(5) say. The parameters
     * come after those of modprobe.d, so they win. If modprobe is not there or cannot be started,
     * this process loads the file itself, and modprobe.d does not count.
     *
     * @param parameters its parameters by name; none for the defaults
     * @throws ModuleMissingException if there is none for the running kernel
     * @throws PermissionException if this process may not load modules, or not this one
     * @throws ZreapException if it is loaded already, if the kernel does not take it, if it has no
     *     such parameter, or if modprobe.d keeps modprobe from loading it; the module is then as it
     *     was
     */
    public void load(Map<String, String> parameters) {
        Path file = installedFile().orElseThrow(this::missing);
        if (isLoaded()) {
            throw loadFailed(file, new ErrnoException("modprobe", Errno.EEXIST));
        }
        reader.read(file).ifPresent(info -> requireKnown(file, info.parameters(), parameters.keySet(), ""));
        List<String> arguments = new ArrayList<>(List.of(NAME));
        arguments.addAll(assignments(parameters));
        Optional<AdminTool.Answer> answer = tool.run("modprobe", arguments);
        if (answer.isEmpty()) {
            load(file, parameters);
        } else if (answer.get().exitCode() != 0) {
            throw modprobeFailed(file, answer.get().text());
        } else if (!isLoaded()) {
            throw new ZreapException(Failure.of(
                    "modprobe says that all went well, but the module zreap is not loaded",
                    "look for a line \"install zreap\" in modprobe.d(5): modprobe --showconfig | grep zreap"));
        } else {
            unloadIfUnknown(file, parameters.keySet());
        }
    }

    /**
     * Loads the module from a file.
     *
     * @param file a module for the running kernel
     * @param parameters its parameters by name; none for the defaults
     * @throws PermissionException if this process may not load modules, or not this one
     * @throws ZreapException if the kernel does not take it, or if it has no such parameter; the
     *     module is then not loaded
     */
    public void load(Path file, Map<String, String> parameters) {
        String arguments = String.join(" ", assignments(parameters));
        int flags = file.toString().endsWith(".ko") ? 0 : COMPRESSED;
        try (Descriptor module = new Descriptor(sys, sys.openForReading(file.toString()))) {
            sys.finitModule(module.fd(), arguments, flags);
        } catch (ErrnoException e) {
            throw loadFailed(file, e);
        }
        unloadIfUnknown(file, parameters.keySet());
    }

    private static List<String> assignments(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .toList();
    }

    /** The kernel only warns about a parameter that the module does not have. */
    private void unloadIfUnknown(Path file, Set<String> names) {
        try {
            requireKnown(file, parameters().keySet(), names, ", and was not left loaded");
        } catch (ZreapException e) {
            unload();
            throw e;
        }
    }

    private static void requireKnown(Path file, Set<String> known, Set<String> names, String consequence) {
        Optional<String> unknown = names.stream()
                .filter(name -> !known.isEmpty() && !known.contains(name.replace('-', '_')))
                .findFirst();
        if (unknown.isPresent()) {
            throw new ZreapException(Failure.of(
                            "the module zreap has no parameter " + unknown.get() + consequence,
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
        return files.names(PARAMETERS).stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        name -> files.line(PARAMETERS + "/" + name).orElse("")));
    }

    /**
     * Unloads the module. It waits for requests under way, except for netlink requests.
     *
     * @throws ModuleMissingException if it is not loaded
     * @throws PermissionException if this process may not unload modules
     * @throws ZreapException if the kernel keeps it, because another module needs it or it works on
     *     a netlink request
     */
    public void unload() {
        try {
            sys.deleteModule(NAME);
        } catch (ErrnoException e) {
            throw unloadFailed(e);
        }
    }

    private ModuleMissingException missing() {
        ModuleProblem problem = new Builds(files).missing(kernels.running().orElse("unknown"));
        return new ModuleMissingException(Failure.of(problem.problem(), problem.remedy()));
    }

    private ZreapException loadFailed(Path file, ErrnoException e) {
        String problem = "cannot load " + file + " (" + e.getMessage() + ")";
        return switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES ->
                new PermissionException(failure(e, problem, obstacles.remedyOfLoad(() -> signatureRemedy(file)))
                        .withPath(file));
            case Errno.ENOKEY, Errno.EKEYREJECTED, Errno.EBADMSG ->
                new PermissionException(
                        failure(e, problem, signatureRemedy(file)).withPath(file));
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

    private ZreapException modprobeFailed(Path file, String text) {
        String last = text.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        OptionalInt errno = Errno.atEndOf(last);
        if (errno.isPresent()) {
            return loadFailed(file, new ErrnoException("modprobe", errno.getAsInt()));
        }
        return new ZreapException(Failure.of(
                        "cannot load " + file + " (" + CommandName.of(last.strip()) + ")",
                        "see what modprobe says, and the kernel log")
                .withPath(file));
    }

    private ZreapException unloadFailed(ErrnoException e) {
        String problem = "cannot unload the module zreap (" + e.getMessage() + ")";
        return switch (e.errno()) {
            case Errno.ENOENT -> new ModuleMissingException(failure(e, problem, "it is not loaded"));
            case Errno.EPERM, Errno.EACCES -> new PermissionException(failure(e, problem, obstacles.remedyOfUnload()));
            case Errno.EAGAIN ->
                new ZreapException(failure(
                        e,
                        problem,
                        "let netlink requests end, and unload the modules that use it first; lsmod names them"));
            default -> new ZreapException(failure(e, problem, "see the kernel log"));
        };
    }

    private String signatureRemedy(Path file) {
        return new SignaturePolicy(files).remedy(reader.read(file));
    }

    private static Failure failure(ErrnoException e, String problem, String remedy) {
        return Failure.of(problem, remedy).withErrno(e.errno(), e);
    }
}
