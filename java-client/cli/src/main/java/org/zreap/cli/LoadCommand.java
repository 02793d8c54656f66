// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.zreap.Failure;
import org.zreap.ZreapException;
import org.zreap.module.KernelModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code zreap load}: loads the kernel module. */
@Command(
        name = "load",
        description = "Loads the kernel module that is installed for this kernel. If it is loaded, does nothing.")
final class LoadCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME=VALUE",
            description = "Parameters of the module, such as allow_pidns=1.")
    private Map<String, String> parameters = Map.of();

    @Override
    public Integer call() {
        KernelModule module = KernelModule.system();
        if (module.isLoaded()) {
            requireSame(module.parameters(), parameters);
        } else {
            module.load(parameters);
        }
        return ZreapCommand.DONE;
    }

    /** Checks that the loaded module has the requested parameters. */
    static void requireSame(Map<String, String> loaded, Map<String, String> asked) {
        asked.forEach((name, value) -> {
            String now = loaded.get(name.replace('-', '_'));
            if (now == null) {
                throw new ZreapException(Failure.of(
                        "the module zreap has no parameter " + name,
                        "its parameters are " + String.join(", ", new TreeSet<>(loaded.keySet()))));
            }
            if (!now.equals(value) && !now.equals(asFlag(value))) {
                throw new ZreapException(Failure.of(
                        "the module zreap is loaded already, with " + name + "=" + now,
                        "run zreap unload first, then load it with " + name + "=" + value));
            }
        });
    }

    /** The kernel's text for a parameter that is on or off. */
    private static String asFlag(String value) {
        return switch (value) {
            case "1", "y", "on" -> "Y";
            case "0", "n", "off" -> "N";
            default -> value;
        };
    }
}
