// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zreap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zreap reap}: reaps the zombies that it names. */
@Command(
        name = "reap",
        description =
                "Reaps zombies; their parents live on. Of several processes, one that is not there (any more) counts as"
                        + " done.")
final class ReapCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Parameters(
            arity = "1..*",
            paramLabel = "PID[@START]",
            description = "Which process; with START, field 22 of /proc/PID/stat, only if that is still the same one.")
    private List<Target> targets;

    @Override
    public Integer call() throws IOException {
        List<ReapResult> results;
        try (Zreap zreap = Zreap.open()) {
            results = zreap.reap(targets);
        }
        output.print(spec, new ResultListing(results));
        return results.stream().allMatch(this::isAchieved) ? ZreapCommand.DONE : ZreapCommand.REFUSED;
    }

    private boolean isAchieved(ReapResult result) {
        return result instanceof ReapResult.Done || (result instanceof ReapResult.Gone && targets.size() > 1);
    }
}
