// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.zreap.module.KernelModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code zreap load}: loads the kernel module. */
@Command(name = "load", description = "Loads the kernel module that is installed for this kernel.")
final class LoadCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME=VALUE",
            description = "Parameters of the module, such as allow_pidns=1.")
    private Map<String, String> parameters = Map.of();

    @Override
    public Integer call() {
        KernelModule.system().load(parameters);
        return ZreapCommand.DONE;
    }
}
