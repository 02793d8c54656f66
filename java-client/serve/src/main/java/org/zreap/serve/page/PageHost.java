// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.zreap.json.JsonLines;
import org.zreap.serve.policy.StatusPage;
import org.zreap.serve.records.Recorder;
import org.zreap.serve.watch.Look;
import org.zreap.serve.watch.LookListener;

/**
 * The status page, on or off. While it is off, it costs nothing but the memory of the last actions.
 *
 * <p>Not thread-safe: the thread that watches calls it. Its server has threads of its own.
 */
public final class PageHost implements Recorder, LookListener, AutoCloseable {

    private final Recorder next;
    private final PrintStream log;
    private final Board board = new Board();
    private Optional<StatusPage> settings = Optional.empty();
    private Optional<PageServer> server = Optional.empty();

    /**
     * A page that is off.
     *
     * @param next takes the entries that the page shows
     * @param log where it says that it cannot be served
     */
    public PageHost(Recorder next, PrintStream log) {
        this.next = next;
        this.log = log;
    }

    /** Serves the page as the policy says from now on, or no more. If it cannot, it says so and the service goes on. */
    public void open(Optional<StatusPage> wanted) {
        if (wanted.equals(settings) && wanted.isPresent() == server.isPresent()) {
            return;
        }
        close();
        settings = wanted;
        if (wanted.isPresent()) {
            try {
                server = Optional.of(PageServer.open(wanted.get(), board));
            } catch (IOException e) {
                log.println("zreap: no status page on " + wanted.get().address() + " (" + e.getMessage()
                        + "); choose another address (status-page: listen), or free this one and reload");
            }
        }
    }

    /** Where the page is served, if it is. */
    Optional<PageServer> server() {
        return server;
    }

    /** Shows an entry, and gives it to the next recorder. */
    @Override
    public void add(JsonLines.Body entry) {
        next.add(entry);
        board.note(entry);
    }

    @Override
    public void looked(Supplier<Look> look) {
        if (server.isPresent()) {
            board.looked(look.get());
        }
    }

    @Override
    public void failed(Instant time, String why) {
        board.failed(why);
    }

    /** Ends the server. */
    @Override
    public void close() {
        server.ifPresent(PageServer::close);
        server = Optional.empty();
    }
}
