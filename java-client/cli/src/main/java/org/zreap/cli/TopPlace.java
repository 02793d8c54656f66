// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;

/**
 * The container of a parent on the live screen, in detail.
 *
 * @param cells it as {@link Places#HEADER} has it
 * @param innerPid the PID of the parent inside it
 */
record TopPlace(List<String> cells, String innerPid) {

    /** Copies the list. */
    TopPlace {
        cells = List.copyOf(cells);
    }
}
