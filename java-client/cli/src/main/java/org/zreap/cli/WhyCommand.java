// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.zreap.CommandName;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.diagnosis.Ancestor;
import org.zreap.diagnosis.Diagnosis;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Headroom;
import org.zreap.diagnosis.Placement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zreap why}: why a zombie is there, and what to do about it. */
@Command(name = "why", description = "Explains a zombie: the cause, what shows it, and the lasting fix.")
final class WhyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ZombieSource source;

    @Parameters(paramLabel = "PID[@START]", description = "The zombie.")
    private Target target;

    @Override
    public Integer call() {
        List<Zombie> all = source.zombies();
        Optional<Zombie> zombie = all.stream().filter(this::isMeant).findFirst();
        if (zombie.isEmpty()) {
            spec.commandLine().getErr().println("zreap: there is no zombie " + target);
            return ZreapCommand.REFUSED;
        }
        PrintWriter out = spec.commandLine().getOut();
        print(out, source.diagnoser().diagnose(zombie.get(), all));
        out.flush();
        return ZreapCommand.DONE;
    }

    private boolean isMeant(Zombie zombie) {
        return zombie.pid() == target.pid()
                && (target.start().isEmpty() || target.start().equals(zombie.start()));
    }

    private static void print(PrintWriter out, Diagnosis diagnosis) {
        Zombie zombie = diagnosis.zombie();
        out.println("zombie      " + zombie.identity() + " (" + zombie.name() + "), " + Cells.of(zombie.status())
                + ", age " + Cells.age(zombie.age()));
        out.println("cause       " + diagnosis.finding().cause());
        diagnosis.finding().evidence().forEach(seen -> out.println("seen        " + seen));
        out.println("fix         " + diagnosis.finding().fix());
        diagnosis
                .parent()
                .filter(parent -> diagnosis.finding().kind() != Finding.Kind.KERNEL_CHILD)
                .ifPresent(
                        parent -> out.println("if reaped   " + parent.runtime().effectOfForcedReap()));
        out.println("parents     "
                + diagnosis.ancestry().stream().map(WhyCommand::text).collect(Collectors.joining(", ")));
        diagnosis.placement().ifPresent(placement -> out.println("place       " + text(placement)));
        out.println("siblings    " + diagnosis.siblings().count() + " zombies of that parent");
        out.println("room        " + text(diagnosis.headroom()));
    }

    private static String text(Ancestor ancestor) {
        return ancestor.identity().pid() + " (" + ancestor.name() + ")";
    }

    /** Whoever may make a cgroup may give it any name. */
    private static String text(Placement placement) {
        String container = placement
                .container()
                .map(c -> ", container " + c.id() + " of " + c.engine())
                .orElse("");
        return CommandName.of(placement.cgroup() + container).toString();
    }

    private static String text(Headroom room) {
        return "cgroup " + of(room.cgroupCurrent(), room.cgroupMax()) + ", user "
                + of(room.userCurrent(), room.userMax()) + ", PIDs up to " + Cells.of(room.pidMax());
    }

    private static String of(OptionalLong current, OptionalLong max) {
        return Cells.of(current) + " of " + Cells.of(max);
    }
}
