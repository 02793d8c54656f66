// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.ZreapException;

class SingleInstanceTest {

    @TempDir
    private Path folder;

    @Test
    void keepsASecondOneOut() throws IOException {
        SingleInstance first = SingleInstance.in(folder);
        ZreapException e = assertThrows(ZreapException.class, () -> SingleInstance.in(folder));
        first.close();
        SingleInstance.in(folder).close();

        assertTrue(String.valueOf(e.getMessage()).contains("another zreap serve uses " + folder), e.getMessage());
        assertThrows(ZreapException.class, () -> SingleInstance.in(folder.resolve("none")));
    }
}
