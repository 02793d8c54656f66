// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code zreap serve}: looks after the zombies of this machine, as a policy says. No member of this
 * class has a type of the service in its signature: so the other commands start without its classes.
 */
@Command(
        name = "serve",
        description = {
            "Looks after the zombies of this machine, as a policy says, until it gets SIGTERM.",
            "Without a policy it only reports. It keeps a record of what it sees and does: see zreap history. SIGHUP"
                    + " makes it read its policy again and open its record anew."
        })
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions client;

    @Mixin
    private HostOption host;

    @Option(names = "--check", description = "Only check the policy: FILE, or the one that the service would take.")
    private boolean check;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy. Default: /etc/zreap/policy.yaml if that is there.")
    private Optional<Path> policy;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            defaultValue = RecordOption.DEFAULT,
            description = "The record; - is the standard output. Default: ${DEFAULT-VALUE}.")
    private Path record;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            defaultValue = "/var/lib/zreap",
            description = "The folder for what the service must know after a crash. Default: ${DEFAULT-VALUE}.")
    private Path state;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "With --check: the policy to check.")
    private Optional<Path> file;

    @Override
    public Integer call() throws IOException {
        if (check) {
            return Serving.check(file.or(() -> policy), spec);
        }
        if (file.isPresent()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "name the policy by --policy=" + file.get() + "; a FILE goes with --check");
        }
        return Serving.serve(client, host, policy, record, state, spec);
    }
}
