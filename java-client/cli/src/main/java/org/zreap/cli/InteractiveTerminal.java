// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

/** Whether somebody sits at a terminal. Stateless. */
final class InteractiveTerminal {

    private InteractiveTerminal() {}

    /** Whether standard input and output are a terminal that can move its cursor. */
    @SuppressWarnings("SystemConsoleNull") // the console of java.base is there only with a terminal
    static boolean isThere() {
        String type = System.getenv("TERM");
        if (type == null || type.isEmpty() || type.equals("dumb")) {
            return false;
        }
        // From Java 22 on there is a console without a terminal too, unless the one of java.base is asked for.
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }
}
