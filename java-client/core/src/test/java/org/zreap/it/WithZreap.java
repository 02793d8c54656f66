// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.zreap.Transport;
import org.zreap.Zreap;

/** A client of its own for each test; every test runs over each way to the module. */
@ParameterizedClass
@EnumSource(Transport.class)
abstract class WithZreap {

    @Parameter
    Transport transport;

    Zreap zreap;

    @BeforeEach
    void open() {
        zreap = Zreap.open(transport);
    }

    @AfterEach
    void close() {
        zreap.close();
    }
}
