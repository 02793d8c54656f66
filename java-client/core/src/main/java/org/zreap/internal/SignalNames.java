// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.util.List;
import java.util.stream.IntStream;

/** The names of signals in Linux's common numbering. Stateless. */
public final class SignalNames {

    private static final List<String> STANDARD = List.of(
            "SIGHUP",
            "SIGINT",
            "SIGQUIT",
            "SIGILL",
            "SIGTRAP",
            "SIGABRT",
            "SIGBUS",
            "SIGFPE",
            "SIGKILL",
            "SIGUSR1",
            "SIGSEGV",
            "SIGUSR2",
            "SIGPIPE",
            "SIGALRM",
            "SIGTERM",
            "SIGSTKFLT",
            "SIGCHLD",
            "SIGCONT",
            "SIGSTOP",
            "SIGTSTP",
            "SIGTTIN",
            "SIGTTOU",
            "SIGURG",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGVTALRM",
            "SIGPROF",
            "SIGWINCH",
            "SIGIO",
            "SIGPWR",
            "SIGSYS");

    /**
     * The first real-time signal of the C library, which keeps the kernel's first two for itself.
     */
    private static final int SIGRTMIN = 34;

    private static final int SIGRTMAX = 64;

    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;

    private static final String PREFIX = "SIG";

    private SignalNames() {}

    /** The name of a signal, or its number where it has none. */
    public static String of(int signal) {
        if (signal >= 1 && signal <= STANDARD.size()) {
            return STANDARD.get(signal - 1);
        }
        if (signal == SIGRTMIN) {
            return "SIGRTMIN";
        }
        if (signal > SIGRTMIN && signal <= SIGRTMAX) {
            return "SIGRTMIN+" + (signal - SIGRTMIN);
        }
        return "signal " + signal;
    }

    /**
     * The number of a signal.
     *
     * @param name as {@link #of} gives it, or without {@code SIG}, or the number in decimal
     * @throws IllegalArgumentException if there is no such signal
     */
    public static int numberOf(String name) {
        String full = name.startsWith(PREFIX) ? name : PREFIX + name;
        return IntStream.rangeClosed(1, SIGRTMAX)
                .filter(number ->
                        of(number).equals(full) || Integer.toString(number).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no signal " + name));
    }

    /**
     * Checks that a signal can notify a process.
     *
     * @throws IllegalArgumentException if there is no such signal, or if it is SIGKILL or SIGSTOP
     */
    public static int requireTelling(int signal) {
        if (signal < 1 || signal > SIGRTMAX) {
            throw new IllegalArgumentException("a signal is from 1 to " + SIGRTMAX + ", not " + signal);
        }
        if (signal == SIGKILL || signal == SIGSTOP) {
            throw new IllegalArgumentException(of(signal) + " tells nobody anything");
        }
        return signal;
    }
}
