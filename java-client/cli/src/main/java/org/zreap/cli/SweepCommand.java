// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zreap.ProcessIdentity;
import org.zreap.ReapReport;
import org.zreap.ReapResult;
import org.zreap.SweepOptions;
import org.zreap.Target;
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
            "Reaps all zombies that are old enough, and verifies that they are gone.",
            "It spares the children of a parent that is stopped, traced or frozen, in an uninterruptible sleep, or"
                    + " not told yet. Such a parent may still wait for them. The output says how many it spared,"
                    + " and why."
        })
final class SweepCommand implements Callable<Integer>, Recorded {

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
            defaultValue = "60s",
            description = "Spare those that have been zombies for less than this. Default: ${DEFAULT-VALUE}.")
    private Duration minAge;

    @Option(
            names = "--force",
            description =
                    "Also take the children that it spares for their parent's sake. If such a parent waits for its"
                            + " child later, it may hang or get a wrong exit status.")
    private boolean force;

    @Option(names = "--parent", paramLabel = "PID[@START]", description = "Reap only the children of this process.")
    private Optional<Target> parent;

    @Option(
            names = "--protect",
            paramLabel = "PID[@START]",
            description = "Spare the children of this process. You may give it several times.")
    private List<Target> protectedParents = List.of();

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            description = "Reap at most so many, the lowest PIDs first. Default: no limit.")
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
                .forEach(process -> spec.commandLine().getErr().println("zreap: " + process + " is still there"));
        boolean clean = report.results().stream().allMatch(SweepCommand::isAchieved)
                && report.stillThere().isEmpty();
        return clean ? ZreapCommand.DONE : ZreapCommand.REFUSED;
    }

    private SweepOptions options() {
        SweepOptions.Builder options =
                SweepOptions.builder().minAge(minAge).dryRun(dryRun).force(force);
        parent.ifPresent(one -> setParent(options, one));
        protectedParents.forEach(one -> protectParent(options, one));
        try {
            limit.ifPresent(options::limit);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return options.build();
    }

    private static void setParent(SweepOptions.Builder options, Target parent) {
        if (parent instanceof ProcessIdentity process) {
            options.parent(process);
        } else {
            options.parent(parent.pid());
        }
    }

    private static void protectParent(SweepOptions.Builder options, Target parent) {
        if (parent instanceof ProcessIdentity process) {
            options.protectParent(process);
        } else {
            options.protectParent(parent.pid());
        }
    }

    /**
     * The zombie's own parent may have been faster. Or the parent may have come into a state in
     * which a sweep spares its children.
     */
    private static boolean isAchieved(ReapResult result) {
        return result instanceof ReapResult.Done
                || result instanceof ReapResult.Gone
                || result instanceof ReapResult.ParentStopped
                || result instanceof ReapResult.ParentBusy
                || result instanceof ReapResult.Young;
    }
}
