// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.zreap.serve.Service;
import org.zreap.serve.Settings;
import org.zreap.serve.policy.PolicyException;
import org.zreap.serve.policy.PolicyFile;
import org.zreap.serve.watch.LinuxMachine;
import org.zreap.serve.watch.ServiceClock;
import picocli.CommandLine.Model.CommandSpec;

/** What {@link ServeCommand} does. Stateless. */
final class Serving {

    private Serving() {}

    /** Checks a policy, and gives the exit code. */
    static int check(Optional<Path> named, CommandSpec spec) {
        Path path = named.orElse(PolicyFile.DEFAULT);
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.println(path + ": " + Service.described(PolicyFile.read(path)));
            out.flush();
            return ZreapCommand.DONE;
        } catch (PolicyException e) {
            return refuse(e, spec);
        }
    }

    /** Runs the service, and gives the exit code. */
    static int serve(
            ClientOptions client, HostOption host, Optional<Path> policy, Path record, Path state, CommandSpec spec)
            throws IOException {
        try (LinuxMachine machine = new LinuxMachine(
                client::open, client.diagnoser(Optional.empty()), client.procFs(), host.engines(client))) {
            new Service(
                            new Settings(policy, record, state, client.module()),
                            machine,
                            ServiceClock.system(),
                            System.err)
                    .run();
            return ZreapCommand.DONE;
        } catch (PolicyException e) {
            return refuse(e, spec);
        }
    }

    private static int refuse(PolicyException e, CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        e.lines().forEach(line -> err.println("zreap: " + line));
        return ZreapCommand.WRONG_POLICY;
    }
}
