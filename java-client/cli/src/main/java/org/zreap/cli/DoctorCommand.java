// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.zreap.Availability;
import org.zreap.Transport;
import org.zreap.ZreapException;
import org.zreap.json.JsonFields;
import org.zreap.json.JsonLines;
import org.zreap.module.KernelModule;
import org.zreap.module.ModuleCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zreap doctor}: whether zreap can be used here, and if not, why. */
@Command(name = "doctor", description = "Says whether the kernel module can be used here, and if not, what to do.")
final class DoctorCommand implements Callable<Integer> {

    private static final String HOST_NOT_SEEN = "not known: a container does not show the files of the host";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions client;

    @Mixin
    private JsonOption json;

    @Mixin
    private TableOption table;

    @Override
    public Integer call() {
        KernelModule module = KernelModule.system();
        ModuleCheck check = ModuleCheck.system();
        ModuleProblems problems = ModuleProblems.of(check);
        Map<Transport, Availability> transports = new EnumMap<>(Transport.class);
        Map<Transport, String> described = new EnumMap<>(Transport.class);
        for (Transport transport : Transport.values()) {
            Availability found = client.availability(transport);
            transports.put(transport, found);
            described.put(transport, problems.describe(transport, found));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.isSet()) {
            new JsonLines(out).print(fields -> {
                writeInstalled(fields, check, module);
                write(fields, module, transports, problems);
            });
        } else {
            TextTable rows = new TextTable("CHECK", "RESULT");
            rows.add("module installed", check.seesHost() ? installed(module::installedFile) : HOST_NOT_SEEN);
            rows.add("module loaded", module.isLoaded() ? "yes" : "no");
            described.forEach((transport, text) -> rows.add(ClientOptions.nameOf(transport), text));
            table.print(rows, out);
            problems.print(out);
        }
        out.flush();
        if (transports.get(client.transport()) instanceof Availability.Unavailable no) {
            return ZreapCommand.codeOf(no.cause());
        }
        return problems.isTooOld() ? ZreapCommand.MODULE_MISSING : ZreapCommand.DONE;
    }

    private static void writeInstalled(JsonFields fields, ModuleCheck check, KernelModule module) throws IOException {
        if (!check.seesHost()) {
            fields.text("installedUnknown", Optional.of(HOST_NOT_SEEN));
            return;
        }
        try {
            fields.text("installed", module.installedFile());
        } catch (ZreapException e) {
            fields.text("installedUnknown", Optional.of(e).map(ZreapException::getMessage));
        }
    }

    private static void write(
            JsonFields fields, KernelModule module, Map<Transport, Availability> transports, ModuleProblems problems)
            throws IOException {
        fields.flag("loaded", module.isLoaded());
        fields.objects("transports", List.copyOf(transports.entrySet()), (one, transport) -> {
            one.text("name", ClientOptions.nameOf(transport.getKey()));
            one.flag("available", transport.getValue().isAvailable());
            if (transport.getValue() instanceof Availability.Unavailable no) {
                one.word("reason", no.reason());
                one.text("explanation", Optional.of(no.cause()).map(ZreapException::getMessage));
            }
        });
        fields.objects("problems", problems.found(), (one, problem) -> {
            one.word("kind", problem.kind());
            one.text("problem", problem.problem());
            one.text("remedy", problem.remedy());
        });
    }

    /** Describes the module's file. */
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
