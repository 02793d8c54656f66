// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.util.List;

/** The names of signals in Linux's common numbering. Stateless. */
final class SignalNames {

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

    /** The first real-time signal as the C library counts: it keeps the kernel's first two for itself. */
    private static final int SIGRTMIN = 34;

    private static final int SIGRTMAX = 64;

    private SignalNames() {}

    /** The name of a signal, or its number where it has none. */
    static String of(int signal) {
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
}
