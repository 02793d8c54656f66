// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that sends the module a request for named processes. */
abstract class RequestCommand implements Callable<Integer>, Recorded {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClientOptions client;

    @Option(names = "--dry-run", description = "Only say what it would do.")
    private boolean dryRun;

    @Option(
            names = "--min-age",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "Spare those that have been zombies for less than this: 500ms, 60s, 2h, 7d.")
    private Duration minAge;

    @Option(
            names = "--force",
            description =
                    "Also take children of parents that are stopped, traced or frozen. If such a parent goes on and"
                            + " waits for its child, it may hang or get a wrong exit status.")
    private boolean force;

    @Parameters(
            arity = "1..*",
            paramLabel = "PID[@START]",
            description = "The process. With START (field 22 of /proc/PID/stat), only if it is still the same one.")
    private List<Target> targets;

    /** The request, with one result for each target. The command line is already checked. */
    abstract Function<Zreap, List<ReapResult>> request();

    @Override
    public final Integer call() throws IOException {
        Function<Zreap, List<ReapResult>> request = request();
        List<ReapResult> results;
        try (Zreap zreap = client.open()) {
            results = request.apply(zreap);
        } catch (ZreapException e) {
            output.printCompleted(spec, e);
            throw e;
        }
        output.print(spec, new ResultListing(results));
        return results.stream().allMatch(RequestCommand::isAchieved) ? ZreapCommand.DONE : ZreapCommand.REFUSED;
    }

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final List<Target> targets() {
        return targets;
    }

    final boolean dryRun() {
        return dryRun;
    }

    final Duration minAge() {
        return minAge;
    }

    final boolean force() {
        return force;
    }

    /** The options that reap and release have in common. */
    final ReapOptions reapOptions() {
        return ReapOptions.builder().minAge(minAge).dryRun(dryRun).force(force).build();
    }

    /** If the parent was faster, the zombie is gone, as the user wanted. */
    private static boolean isAchieved(ReapResult result) {
        return result instanceof ReapResult.Done || result instanceof ReapResult.Gone;
    }
}
