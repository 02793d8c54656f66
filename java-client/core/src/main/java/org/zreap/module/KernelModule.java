// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    KernelModule(Sys sys, Path root, ModuleInfo.Reader reader) {
        this.sys = sys;
        this.files = new SystemFiles(root);
        this.kernels = new Kernels(files);
        this.obstacles = new LoadObstacles(files);
        this.reader = reader;
    }

    /**
     * The module of the running kernel.
     *
     * @return the module
     */
    public static KernelModule system() {
        return new KernelModule(Sys.linux(), Path.of("/"), ModuleInfo::ask);
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
     * Loads the installed module.
     *
     * @param parameters its parameters by name; none for the defaults
     * @throws ModuleMissingException if there is none for the running kernel
     * @throws PermissionException if this process may not load modules, or not this one
     * @throws ZreapException if the kernel does not take it, or if it has no such parameter; the
     *     module is then not loaded
     */
    public void load(Map<String, String> parameters) {
        Path file = installedFile().orElseThrow(this::missing);
        load(file, parameters);
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

    /** The kernel only warns about a parameter that the module does not have. */
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
