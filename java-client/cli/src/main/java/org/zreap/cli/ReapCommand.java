// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.function.Function;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Zreap;
import picocli.CommandLine.Command;

/** {@code zreap reap}: reaps the zombies that it names. */
@Command(
        name = "reap",
        description = "Reaps zombies. Their parents live on. A process that is not there any more counts as done.")
final class ReapCommand extends RequestCommand {

    @Override
    Function<Zreap, List<ReapResult>> request() {
        ReapOptions options = reapOptions();
        return zreap -> zreap.reap(targets(), options);
    }
}
