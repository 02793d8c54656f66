// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.function.Predicate;
import org.zreap.ProcessIdentity;
import org.zreap.Target;
import org.zreap.Zombie;

/** Processes that the command line names. Stateless. */
final class NamedProcess {

    private NamedProcess() {}

    /** Whether the process that has this PID now is the named one. A mere PID names whichever has it. */
    static boolean isNow(Target process) {
        return process.start().isEmpty()
                || ProcessIdentity.of(process.pid()).filter(process::equals).isPresent();
    }

    /** Selects the children of a process. It looks at the process once, now. */
    static Predicate<Zombie> childrenOf(Target parent) {
        boolean isThere = isNow(parent);
        return zombie -> isThere && zombie.parentPid() == parent.pid();
    }
}
