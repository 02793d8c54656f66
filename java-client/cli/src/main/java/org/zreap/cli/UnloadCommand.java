// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.concurrent.Callable;
import org.zreap.module.KernelModule;
import picocli.CommandLine.Command;

/** {@code zreap unload}: unloads the kernel module. */
@Command(name = "unload", description = "Unloads the kernel module, if nobody uses it.")
final class UnloadCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        KernelModule.system().unload();
        return ZreapCommand.DONE;
    }
}
