// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.IOError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.zreap.Failure;
import org.zreap.ZreapException;
import org.zreap.internal.adopt.JvmSignal;

/**
 * The live screen of {@code zreap top} in a terminal. It gives the terminal back as it was, however
 * it ends.
 *
 * <p>Not thread-safe. One thread draws; others look, fix and read keys, and tell it by events.
 */
final class TopScreen {

    private static final int SIGNALLED = 128;
    private static final int HANGUP = SIGNALLED + 1;
    private static final int INTERRUPTED = SIGNALLED + 2;
    private static final int TERMINATED = SIGNALLED + 15;

    /** JLine's log, which would stand in the midst of the screen. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private final Terminal terminal;
    private final TopSource source;
    private final TopState state;
    private final boolean withColours;
    private final Sparks sparks;
    private final Display display;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(daemons("zreap-look"));
    private final ScheduledExecutorService fixer = Executors.newSingleThreadScheduledExecutor(daemons("zreap-fix"));
    private Size size;

    /** What happens to the screen, in the thread that draws. */
    private interface Event {

        /** Gives the exit code if the screen ends by this. */
        OptionalInt happen();
    }

    private TopScreen(Terminal terminal, TopSource source, TopState state, boolean withColours) {
        this.terminal = terminal;
        this.source = source;
        this.state = state;
        this.withColours = withColours;
        this.sparks = canShow(terminal.encoding(), Sparks.BLOCKS) ? Sparks.BLOCKS : Sparks.ASCII;
        this.display = new Display(terminal, true);
        this.size = terminal.getSize();
    }

    /**
     * Shows the screen until the user leaves it.
     *
     * @param source what to show
     * @param state what is chosen at first
     * @param interval the time from one look to the next
     * @param withColours whether lines may stand out by colour
     * @return the exit code; empty if this terminal can show no such screen
     * @throws IOException if the terminal fails
     * @throws ZreapException if stty fails
     */
    static OptionalInt show(TopSource source, TopState state, Duration interval, boolean withColours)
            throws IOException {
        JLINE.setLevel(Level.OFF);
        try (Terminal terminal = terminal()) {
            if (terminal.getStringCapability(Capability.cursor_address) == null) {
                return OptionalInt.empty();
            }
            return OptionalInt.of(new TopScreen(terminal, source, state, withColours).run(interval));
        } catch (IllegalStateException e) {
            return OptionalInt.empty(); // JLine says so of what is no terminal, and of a machine without stty
        } catch (IOError e) {
            throw new ZreapException(
                    Failure.of("cannot set up the terminal or restore it, because stty fails", "type stty sane")
                            .withCause(e));
        }
    }

    /** stty sets the terminal up: so no native library is unpacked into /tmp. */
    private static Terminal terminal() throws IOException {
        return TerminalBuilder.builder()
                .system(true)
                .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                .provider("exec")
                .dumb(false)
                .nativeSignals(false)
                .build();
    }

    private static boolean canShow(Charset encoding, Sparks sparks) {
        return encoding.canEncode() && encoding.newEncoder().canEncode(sparks.of(List.of(OptionalInt.of(1)), 1));
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @SuppressWarnings("try") // the signals are only held
    private int run(Duration interval) throws IOException {
        Attributes before = terminal.getAttributes();
        Thread keys = daemons("zreap-keys").newThread(this::readKeys);
        try (JvmSignal term = JvmSignal.replace("TERM", () -> end(TERMINATED));
                JvmSignal hangup = JvmSignal.replace("HUP", () -> end(HANGUP));
                JvmSignal interrupt = JvmSignal.replace("INT", () -> end(INTERRUPTED))) {
            enter(before);
            terminal.handle(Terminal.Signal.WINCH, signal -> happened(this::resize));
            keys.start();
            ScheduledFuture<?> unused = looker.scheduleWithFixedDelay(
                    this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
            return loop();
        } finally {
            looker.shutdownNow();
            fixer.shutdownNow();
            stop(keys);
            leave(before);
        }
    }

    /** A later read of JLine would set the terminal up once more, after leave(). A read lasts for VTIME at most. */
    private static void stop(Thread keys) {
        keys.interrupt();
        try {
            keys.join(Duration.ofSeconds(1).toMillis()); // none but one who sets VTIME from outside makes it longer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keys come one by one, and those for signals are keys too. */
    private void enter(Attributes before) throws IOException {
        Attributes raw = new Attributes(before);
        raw.setLocalFlags(
                EnumSet.of(
                        Attributes.LocalFlag.ICANON,
                        Attributes.LocalFlag.ECHO,
                        Attributes.LocalFlag.IEXTEN,
                        Attributes.LocalFlag.ISIG),
                false);
        raw.setInputFlags(
                EnumSet.of(Attributes.InputFlag.IXON, Attributes.InputFlag.ICRNL, Attributes.InputFlag.INLCR), false);
        raw.setControlChar(Attributes.ControlChar.VMIN, 0);
        raw.setControlChar(Attributes.ControlChar.VTIME, 1);
        terminal.setAttributes(raw);
        // At its first read JLine sets the terminal up once more. Later, that could come after leave().
        terminal.reader().peek(1);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        display.resize(rows(), columns());
    }

    /** Some terminals have no second screen: there, what comes next stands below this one. */
    private void leave(Attributes before) {
        terminal.puts(Capability.cursor_address, rows() - 1, 0);
        terminal.writer().println();
        terminal.puts(Capability.exit_ca_mode);
        terminal.puts(Capability.keypad_local);
        terminal.puts(Capability.cursor_visible);
        terminal.flush();
        terminal.setAttributes(before);
    }

    private int loop() {
        OptionalInt code = OptionalInt.empty();
        List<Event> waiting = new ArrayList<>();
        while (code.isEmpty()) {
            draw();
            try {
                waiting.add(events.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return INTERRUPTED;
            }
            events.drainTo(waiting);
            for (Event event : waiting) {
                if (code.isEmpty()) {
                    code = event.happen();
                }
            }
            waiting.clear();
        }
        return code.getAsInt();
    }

    private void end(int code) {
        events.add(() -> OptionalInt.of(code));
    }

    private void happened(Runnable change) {
        events.add(() -> {
            change.run();
            return OptionalInt.empty();
        });
    }

    /** A fault of zreap itself ends the screen, with its stack trace on stderr. */
    private void faulted(Throwable fault) {
        events.add(() -> {
            throw new IllegalStateException(fault);
        });
    }

    private void resize() {
        size = terminal.getSize();
        display.clear();
        display.resize(rows(), columns());
    }

    private void readKeys() {
        try {
            TopKeys keys = new TopKeys(terminal);
            while (true) {
                TopKey key = keys.read();
                events.add(() -> press(key));
            }
        } catch (TopKeys.EndException e) {
            end(HANGUP);
        } catch (RuntimeException | Error e) {
            faulted(e);
        }
    }

    private OptionalInt press(TopKey key) {
        if (key.kind() == TopKey.Kind.REDRAW) {
            resize();
        }
        TopState.Wish wish = state.press(key);
        if (wish instanceof TopState.Wish.Explain explain) {
            looker.execute(() -> carryOut(
                    explain.pane(),
                    () -> source.explain(explain.parent()).forEach(line -> tell(explain.pane(), line))));
        } else if (wish instanceof TopState.Wish.Fix fix) {
            fixer.execute(() -> {
                carryOut(fix.pane(), () -> source.fix(fix.parent(), line -> tell(fix.pane(), line)));
                looker.execute(this::look);
            });
        }
        return wish instanceof TopState.Wish.Quit ? OptionalInt.of(ZreapCommand.DONE) : OptionalInt.empty();
    }

    private void carryOut(TopPane pane, Runnable task) {
        try {
            task.run();
        } catch (ZreapException e) {
            tell(pane, "zreap: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            faulted(e);
        }
    }

    private void tell(TopPane pane, String line) {
        happened(() -> pane.add(line));
    }

    private void look() {
        try {
            TopLook look = source.look();
            happened(() -> state.see(look));
        } catch (ZreapException e) {
            happened(() -> state.fail("zreap: " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            faulted(e);
        }
    }

    /** Some terminals do not tell their size. */
    private int columns() {
        return size.getColumns() > 0 ? size.getColumns() : 80;
    }

    private int rows() {
        return size.getRows() > 0 ? size.getRows() : 24;
    }

    private void draw() {
        List<AttributedString> lines = new ArrayList<>(); // the display changes it
        new TopView(sparks, columns(), rows()).draw(state).forEach(line -> lines.add(styled(line)));
        display.update(lines, 0);
        terminal.flush();
    }

    private AttributedString styled(TopLine line) {
        if (!withColours) {
            return new AttributedString(line.text());
        }
        AttributedStyle style = switch (line.tone()) {
            case PLAIN -> AttributedStyle.DEFAULT;
            case HEADING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
            case CHOSEN -> AttributedStyle.DEFAULT.inverse();
            case WARNING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
        };
        return new AttributedString(line.text(), style);
    }
}
