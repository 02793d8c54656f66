// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.Optional;
import org.zreap.diagnosis.TaskLimit;

/**
 * What the live screen shows after a look.
 *
 * @param zombies how many there are
 * @param rows their parents
 * @param machine how many tasks the machine has and may have
 * @param note what people must know about this look, such as that the module gave no answer
 */
record TopLook(int zombies, List<TopRow> rows, Optional<TaskLimit> machine, Optional<String> note) {

    /** Copies the list. */
    TopLook {
        rows = List.copyOf(rows);
    }
}
