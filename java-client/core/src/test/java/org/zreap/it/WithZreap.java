// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.zreap.Zreap;

/** A client of its own for each test. */
abstract class WithZreap {

    Zreap zreap;

    @BeforeEach
    void open() {
        zreap = Zreap.open();
    }

    @AfterEach
    void close() {
        zreap.close();
    }
}
