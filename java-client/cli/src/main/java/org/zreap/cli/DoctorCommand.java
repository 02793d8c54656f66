// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.zreap.Availability;
import org.zreap.Transport;
import org.zreap.ZreapException;
import org.zreap.module.KernelModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zreap doctor}: whether zreap can be used here, and if not, why. */
@Command(name = "doctor", description = "Says whether the kernel module can be used here, and if not, what to do.")
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions client;

    @Override
    public Integer call() {
        KernelModule module = KernelModule.system();
        TextTable table = new TextTable("CHECK", "RESULT");
        table.add("module installed", installed(module::installedFile));
        table.add("module loaded", module.isLoaded() ? "yes" : "no");
        ModuleProblems problems = ModuleProblems.ofSystem();
        int code = problems.isTooOld() ? ZreapCommand.MODULE_MISSING : ZreapCommand.DONE;
        for (Transport transport : Transport.values()) {
            Availability availability = client.availability(transport);
            table.add(ClientOptions.nameOf(transport), problems.describe(transport, availability));
            if (transport == client.transport() && availability instanceof Availability.Unavailable no) {
                code = ZreapCommand.codeOf(no.cause());
            }
        }
        table.print(spec.commandLine().getOut());
        problems.print(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        return code;
    }

    /** What is known of the module's file. */
    static String installed(Supplier<Optional<Path>> file) {
        try {
            return file.get()
                    .map(Path::toString)
                    .orElse("no, not for this kernel: see docs/kernels.md, Installing the module");
        } catch (ZreapException e) {
            return "not known: " + e.getMessage();
        }
    }
}
