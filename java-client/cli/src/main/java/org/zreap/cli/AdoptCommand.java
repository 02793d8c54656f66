// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.zreap.AdoptOptions;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zreap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zreap adopt}: hands the zombies that it names to a process that waits for them. */
@Command(
        name = "adopt",
        description = "Gives zombies another parent. It gets their exit status when it waits for them.")
final class AdoptCommand extends RequestCommand {

    @Option(
            names = "--to",
            paramLabel = "PID[@START]",
            description = "The new parent, with START only if it is still the same process. Default: the init or"
                    + " subreaper that would inherit the zombie.")
    private Optional<Target> adopter;

    @Option(
            names = "--signal",
            paramLabel = "SIGNAL",
            description = "The signal that tells the new parent, a name or a number. Default: SIGCHLD.")
    private Optional<String> signal;

    @Override
    Function<Zreap, List<ReapResult>> request() {
        AdoptOptions options = options();
        return zreap -> zreap.adopt(targets(), options);
    }

    private AdoptOptions options() {
        AdoptOptions.Builder options =
                AdoptOptions.builder().minAge(minAge()).dryRun(dryRun()).force(force());
        try {
            adopter.map(this::identified).ifPresent(options::adopter);
            signal.ifPresent(options::signal);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(commandLine(), e.getMessage(), e);
        }
        return options.build();
    }

    /** The module takes only a PID here. */
    private long identified(Target target) {
        if (!NamedProcess.isNow(target)) {
            throw new CommandLine.ParameterException(
                    commandLine(), "there is no process " + target + " that the zombies could be given to");
        }
        return target.pid();
    }
}
