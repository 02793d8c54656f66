// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.LivingProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code zreap why}: why a zombie is there, and what to do about it; of a living process, what it
 * is.
 */
@Command(
        name = "why",
        description = "Explains zombies: the cause, what shows it, the lasting fixes, and what to do now. Of a parent,"
                + " explains its zombies; of another process, tells what it is.")
final class WhyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ZombieSource source;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--cgroups",
            paramLabel = "PATH",
            description =
                    "Where the cgroups are mounted that belong to --proc. By default /sys/fs/cgroup if --proc is /proc,"
                            + " else none.")
    private Optional<Path> cgroups = Optional.empty();

    @Parameters(paramLabel = "PID[@START]", arity = "1..*", description = "Which processes.")
    private List<Target> targets;

    @Override
    public Integer call() {
        ZombieSource.Seen seen = source.look();
        List<Zombie> all = seen.zombies();
        Places places = source.places(cgroups);
        Diagnoser diagnoser = places.diagnoser();
        PrintWriter out = spec.commandLine().getOut();
        Explanation explanation =
                json.isSet() ? new ExplanationJson(out, seen.fromKernel(), places) : new ExplanationText(out, places);
        List<Zombie> zombies = new ArrayList<>();
        List<LivingProcess> living = new ArrayList<>();
        int code = ZreapCommand.DONE;
        for (Target target : targets) {
            Optional<Zombie> zombie =
                    all.stream().filter(z -> z.pid() == target.pid()).findFirst();
            Optional<LivingProcess> process =
                    zombie.isPresent() ? Optional.empty() : diagnoser.living(target.pid(), all);
            OptionalLong start = zombie.map(Zombie::start)
                    .or(() -> process.map(p -> p.process().identity().start()))
                    .orElse(OptionalLong.empty());
            if (start.isEmpty() || !(target.start().isEmpty() || target.start().equals(start))) {
                spec.commandLine().getErr().println("zreap: " + absent(target, start, diagnoser));
                code = ZreapCommand.REFUSED;
                continue;
            }
            zombie.ifPresent(zombies::add);
            process.ifPresent(living::add);
        }
        diagnoser.diagnose(zombies, all).forEach(explanation::print);
        living.forEach(explanation::print);
        out.flush();
        return code;
    }

    private static String absent(Target target, OptionalLong start, Diagnoser diagnoser) {
        if (start.isPresent()) {
            return "there is no process " + target + "; PID " + target.pid() + " is another process now, "
                    + target.pid() + "@" + start.getAsLong();
        }
        OptionalLong process = diagnoser.processOfThread(target.pid());
        return process.isPresent()
                ? target.pid() + " is no process but a thread of " + process.getAsLong()
                : "there is no process " + target;
    }
}
