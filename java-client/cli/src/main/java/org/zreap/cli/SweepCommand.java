// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.SweepOptions;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zreap sweep}: reaps all zombies that its options do not spare. */
@Command(
        name = "sweep",
        description = {
            "Reaps all zombies that have been there for a while, and verifies that they are gone.",
            "It spares the children of a parent that is stopped, traced or frozen, in an uninterruptible sleep, or"
                    + " not told yet: that parent may still wait for them. The output says how many it spared, and why."
        })
final class SweepCommand implements Callable<Integer>, Recorded {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClientOptions client;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Option(
            names = "--min-age",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "Spare those that have been zombies for less than this, ${DEFAULT-VALUE} if not given.")
    private Duration minAge;

    @Option(
            names = "--force",
            description =
                    "Also take the children that it spares for their parent's sake. Such a parent may still wait for"
                            + " its child, and then hangs or gets a wrong exit status.")
    private boolean force;

    @Option(names = "--parent", paramLabel = "PID", description = "Reap children of this process only.")
    private Optional<Long> parent;

    @Option(
            names = "--protect",
            paramLabel = "PID",
            description = "Spare children of this process; may be given several times.")
    private List<Long> protectedParents = List.of();

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            description = "Reap no more than this, the lowest PIDs first; any number if not given.")
    private Optional<Integer> limit;

    @Override
    public Integer call() throws IOException {
        SweepOptions options = options();
        ReapReport report;
        try (Zreap zreap = client.open()) {
            report = zreap.sweep(options);
        } catch (ZreapException e) {
            output.printCompleted(spec, e);
            throw e;
        }
        output.print(spec, new SweepListing(report));
        report.stillThere()
                .forEach(
                        process -> spec.commandLine().getErr().println("zreap: " + process + " is there all the same"));
        boolean clean = report.results().stream().allMatch(SweepCommand::isAchieved)
                && report.stillThere().isEmpty();
        return clean ? ZreapCommand.DONE : ZreapCommand.REFUSED;
    }

    private SweepOptions options() {
        SweepOptions.Builder options =
                SweepOptions.builder().minAge(minAge).dryRun(dryRun).force(force);
        try {
            parent.ifPresent(options::parent);
            protectedParents.forEach(options::protectParent);
            limit.ifPresent(options::limit);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return options.build();
    }

    /**
     * Its own parent may have been faster, or may have come into a state in which a sweep spares
     * its children.
     */
    private static boolean isAchieved(ReapResult result) {
        return result instanceof ReapResult.Done
                || result instanceof ReapResult.Gone
                || result instanceof ReapResult.ParentStopped
                || result instanceof ReapResult.ParentBusy
                || result instanceof ReapResult.Young;
    }
}
