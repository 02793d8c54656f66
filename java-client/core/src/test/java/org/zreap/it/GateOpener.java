// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;

/** A program that opens the pipe {@code gate}, makes the file {@code passed}, and then sleeps. */
final class GateOpener {

    private GateOpener() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        new FileOutputStream("gate").close();
        if (!new File("passed").createNewFile()) {
            throw new IOException("somebody has passed before");
        }
        Thread.sleep(Long.MAX_VALUE);
    }
}
