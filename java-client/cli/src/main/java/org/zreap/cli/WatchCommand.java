// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.zreap.ZreapException;
import org.zreap.event.EventListener;
import org.zreap.event.EventSubscription;
import org.zreap.event.ResultEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zreap watch}: every result as it is had, until it is interrupted. */
@Command(
        name = "watch",
        description = "Prints every result of the kernel module as it is had, whoever asked, until it is interrupted.")
final class WatchCommand implements Callable<Integer>, Recorded {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        CompletableFuture<Optional<ZreapException>> end = new CompletableFuture<>();
        EventSubscription events =
                EventSubscription.open(new Printer(spec.commandLine().getOut(), end));
        try {
            Optional<ZreapException> cause = end.get();
            if (cause.isPresent()) {
                throw cause.get();
            }
            return ZreapCommand.FAILED;
        } finally {
            events.close();
        }
    }

    /** Ends the watch with the events, or without a cause where it cannot print. */
    private record Printer(PrintWriter out, CompletableFuture<Optional<ZreapException>> end) implements EventListener {

        @Override
        public void onResult(ResultEvent event) {
            print(event.time() + " " + event.verb() + " by " + Cells.of(event.callerPid()) + " (uid "
                    + Cells.of(event.callerUid()) + "): " + event.result());
        }

        @Override
        public void onLost() {
            print("some results were lost: see /proc/zreap_recent");
        }

        @Override
        public void onEnd(ZreapException cause) {
            end.complete(Optional.of(cause));
        }

        private void print(String line) {
            out.println(line);
            if (out.checkError()) {
                end.complete(Optional.empty());
            }
        }
    }
}
