// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zreap.ProcessIdentity;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.Zreap;
import org.zreap.remedy.Ladder;
import org.zreap.remedy.LadderReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zreap fix}: gets rid of zombies step by step, the gentlest step first. */
@Command(
        name = "fix",
        description = {
            "Gets rid of zombies step by step, and tells each step.",
            "It tells the parent again (SIGCHLD) and gives it time to wait, then hands the zombie to init, then reaps"
                    + " it. It ends where the zombie is gone, or where the parent is stopped, traced or frozen and may"
                    + " wait later."
        })
final class FixCommand implements Callable<Integer>, Recorded {

    /** How long a zombie may take to go after a step, unless the user says otherwise. */
    static final String PATIENCE = "2s";

    /** A step as the command line has it. */
    enum Step {
        NUDGE,
        ADOPT,
        REAP
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions client;

    @Mixin
    private JsonOption json;

    @Option(names = "--dry-run", description = "Only say what each step would do.")
    private boolean dryRun;

    @Option(
            names = "--steps",
            paramLabel = "STEP",
            split = ",",
            defaultValue = "nudge,adopt,reap",
            description = "Which steps, in this order. Default: ${DEFAULT-VALUE}.")
    private List<Step> steps;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = PATIENCE,
            description = "How long the zombie may take to go after a nudge, an adopt or a kill. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Duration patience;

    @Option(
            names = "--kill-parent",
            paramLabel = "PID@START",
            description = "After the other steps, kill (SIGKILL) this process if it is the parent. Its other work is"
                    + " lost. Nothing else kills a parent.")
    private Optional<ProcessIdentity> victim;

    @Option(names = "--parent", paramLabel = "PID[@START]", description = "All zombies of this process.")
    private Optional<Target> parent;

    @Parameters(
            arity = "0..*",
            paramLabel = "PID[@START]",
            description = "Which zombies. With START, only if it is still the same process.")
    private List<Target> targets = List.of();

    @Override
    public Integer call() {
        if (parent.isPresent() == !targets.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "name zombies, or their parent by --parent");
        }
        PrintWriter out = spec.commandLine().getOut();
        FixReport report = json.isSet() ? FixReport.json(out) : FixReport.text(out);
        try (Zreap zreap = client.open()) {
            List<Zombie> all = zreap.zombies();
            List<Zombie> zombies = new ArrayList<>();
            boolean found = true;
            parent.map(NamedProcess::childrenOf)
                    .ifPresent(isChild -> all.stream().filter(isChild).forEach(zombies::add));
            for (Target target : targets) {
                Optional<Zombie> zombie =
                        all.stream().filter(one -> isSame(one, target)).findFirst();
                zombie.ifPresent(zombies::add);
                if (zombie.isEmpty()) {
                    boolean gone = ProcessIdentity.of(target.pid()).isEmpty();
                    String problem = gone ? " is not there any more" : " is no zombie";
                    spec.commandLine().getErr().println("zreap: " + target + problem);
                    found &= gone;
                }
            }
            List<LadderReport> reports = ladder(zreap).climb(zombies, report::print);
            if (!dryRun && !json.isSet() && reports.size() > 1) {
                out.println(FixReport.sum(reports));
            }
            out.flush();
            return code(reports, found);
        }
    }

    private Ladder ladder(Zreap zreap) {
        Ladder.Builder ladder = Ladder.builder(zreap).dryRun(dryRun);
        for (Step step : steps) {
            switch (step) {
                case NUDGE -> ladder.nudge(patience);
                case ADOPT -> ladder.adoptByInit(patience);
                case REAP -> ladder.reap();
            }
        }
        victim.ifPresent(process -> ladder.killParent(process, patience));
        return ladder.build();
    }

    private int code(List<LadderReport> reports, boolean found) {
        for (LadderReport report : reports) {
            if (report.failure().isPresent()) {
                throw report.failure().get();
            }
        }
        boolean done = dryRun || reports.stream().allMatch(LadderReport::gone);
        return found && done ? ZreapCommand.DONE : ZreapCommand.REFUSED;
    }

    private static boolean isSame(Zombie zombie, Target target) {
        return zombie.pid() == target.pid()
                && (target.start().isEmpty() || target.start().equals(zombie.start()));
    }
}
