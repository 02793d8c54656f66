// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.zreap.Transport;
import org.zreap.ZreapException;
import org.zreap.internal.LoadedModule;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.proc.ProcFs;
import org.zreap.internal.sys.Sys;
import org.zreap.module.ModuleProblem.Kind;

/**
 * Finds out why the kernel module cannot be used. It only reads: files of the machine, and the
 * output of modinfo(8). If it cannot run modinfo, it works without that output.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ModuleCheck {

    private final Sys sys;
    private final SystemFiles files;
    private final Kernels kernels;
    private final Builds builds;
    private final ModuleInfo.Reader reader;

    ModuleCheck(Sys sys, Path root, ModuleInfo.Reader reader) {
        this.sys = sys;
        this.files = new SystemFiles(root);
        this.kernels = new Kernels(files);
        this.builds = new Builds(files);
        this.reader = reader;
    }

    /**
     * Checks the module of the running kernel.
     *
     * @return the check
     */
    public static ModuleCheck system() {
        return new ModuleCheck(Sys.linux(), Path.of("/"), ModuleInfo::ask);
    }

    /**
     * The problems of the module: first those that keep it from being used now, then those after
     * the next boot.
     *
     * @return the problems; none if zreap sees none
     * @throws ZreapException if {@code /lib/modules} cannot be read
     */
    public List<ModuleProblem> problems() {
        boolean isLoaded = LoadedModule.isThere(files.root());
        if (!seesHost()) {
            return isLoaded ? tooOldOnly() : List.of(onHost());
        }
        Optional<String> release = kernels.running();
        Optional<Path> file = release.flatMap(kernels::moduleFor);
        List<ModuleProblem> found = new ArrayList<>();
        if (isLoaded) {
            new LoadedRelease(files, sys).problems(file.flatMap(reader::read)).forEach(found::add);
        } else {
            release.map(running -> notLoaded(running, file)).ifPresent(found::add);
        }
        if (isLoaded || file.isPresent()) {
            new BootLoading(files).problem().ifPresent(found::add);
        }
        kernels.newer().stream()
                .filter(newer -> kernels.moduleFor(newer).isEmpty())
                .map(builds::missingForNewer)
                .forEach(found::add);
        return List.copyOf(found);
    }

    /**
     * Whether this process sees the files by which the module is installed and loaded at boot. In a container it sees
     * others, also in one with the host's PID namespace.
     *
     * @return false if it surely does not; true if it does, or may not look at the files of process 1
     */
    public boolean seesHost() {
        return new ProcFs(files.root().resolve("proc")).isOfInitialPidNamespace() && hasRootOfFirst();
    }

    private boolean hasRootOfFirst() {
        try {
            return Files.isSameFile(files.root().resolve("proc/1/root"), files.root());
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Why the loaded module does not serve this process.
     *
     * @param way the transport
     * @param cause the failure
     * @return the problem; empty if zreap cannot tell more than the failure says
     */
    public Optional<ModuleProblem> accessProblem(Transport way, ZreapException cause) {
        OptionalInt errno = cause.errno();
        return errno.isPresent() ? new AccessProblems(files).of(way, errno.getAsInt(), cause.path()) : Optional.empty();
    }

    private ModuleProblem notLoaded(String release, Optional<Path> file) {
        if (file.isEmpty()) {
            return builds.missing(release);
        }
        return new LoadObstacles(files)
                .untilBoot()
                .or(() -> new SignaturePolicy(files).against(reader.read(file.get())))
                .orElseGet(() -> new ModuleProblem(
                        Kind.NOT_LOADED, "the module is installed for this kernel, and not loaded", "modprobe zreap"));
    }

    private List<ModuleProblem> tooOldOnly() {
        return new LoadedRelease(files, sys).problems(Optional.empty()).toList();
    }

    private static ModuleProblem onHost() {
        return new ModuleProblem(
                Kind.NOT_LOADED_ON_HOST,
                "the module is not loaded on this machine; a container does not show why",
                "run zreap doctor on the host");
    }
}
