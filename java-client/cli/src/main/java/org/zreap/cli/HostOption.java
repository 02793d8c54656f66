// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.zreap.engines.EngineState;
import picocli.CommandLine.Option;

/** Where the container engines of the processes keep their files. */
final class HostOption {

    private static final Path ROOT = Path.of("/");

    @Option(
            names = "--host",
            paramLabel = "PATH",
            description = "Where the files of the host are: the state of its container engines names containers. By"
                    + " default / if --proc is /proc, else none.")
    private Optional<Path> host = Optional.empty();

    /** What names the containers of the processes that a client sees. */
    EngineState engines(ClientOptions client) {
        return host.or(() -> client.isOwnProc() ? Optional.of(ROOT) : Optional.empty())
                .map(EngineState::below)
                .orElseGet(EngineState::none);
    }
}
