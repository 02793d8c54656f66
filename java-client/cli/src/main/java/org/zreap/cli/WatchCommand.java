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
import org.zreap.json.JsonLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zreap watch}: each result as it comes, until it is interrupted. */
@Command(
        name = "watch",
        description = "Prints each result of the kernel module as it comes, no matter who asked, until you"
                + " interrupt it.")
final class WatchCommand implements Callable<Integer>, Recorded {

    @Spec
    private CommandSpec spec;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        CompletableFuture<Optional<ZreapException>> end = new CompletableFuture<>();
        EventSubscription events =
                EventSubscription.open(new Printer(spec.commandLine().getOut(), json.isSet(), end));
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
    record Printer(PrintWriter out, boolean json, CompletableFuture<Optional<ZreapException>> end)
            implements EventListener {

        @Override
        public void onResult(ResultEvent event) {
            if (json) {
                new JsonLines(out).print(fields -> EventJson.write(fields, event));
            } else {
                out.println(event.time() + " " + event.verb() + " by " + Cells.of(event.callerPid()) + " (uid "
                        + Cells.of(event.callerUid()) + "): " + event.result());
            }
            endIfLost();
        }

        @Override
        public void onLost() {
            if (json) {
                new JsonLines(out).print(EventJson::writeLost);
            } else {
                out.println("some results were lost: see /proc/zreap_recent");
            }
            endIfLost();
        }

        @Override
        public void onEnd(ZreapException cause) {
            end.complete(Optional.of(cause));
        }

        private void endIfLost() {
            if (out.checkError()) {
                end.complete(Optional.empty());
            }
        }
    }
}
