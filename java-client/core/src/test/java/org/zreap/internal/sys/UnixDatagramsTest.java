// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnixDatagramsTest {

    /** Prints each datagram that it receives, a line each. */
    private static final String RECEIVER = """
            use Socket;
            $| = 1;
            my $name = shift;
            $name =~ s/^@/\\0/;
            socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die;
            bind($socket, pack_sockaddr_un($name)) or die;
            print "bound\\n";
            while (defined recv($socket, my $message, 4096, 0)) { print "$message\\n"; }
            """;

    @TempDir
    private Path folder;

    @Test
    void reachesAReceiverByPath() throws Exception {
        assertReaches(folder.resolve("notify").toString());
    }

    @Test
    void reachesAReceiverByAbstractName() throws Exception {
        assertReaches("@zreap-test-" + ProcessHandle.current().pid());
    }

    private static void assertReaches(String address) throws Exception {
        Process receiver = new ProcessBuilder("perl", "-e", RECEIVER, address).start();
        try (BufferedReader lines = receiver.inputReader()) {
            assertEquals("bound", lines.readLine());
            try (UnixDatagrams socket = UnixDatagrams.to(address)) {
                socket.send("READY=1".getBytes(StandardCharsets.UTF_8));
                socket.send("STOPPING=1".getBytes(StandardCharsets.UTF_8));
            }
            assertEquals("READY=1", lines.readLine());
            assertEquals("STOPPING=1", lines.readLine());
        } finally {
            receiver.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysThatNobodyReceives() {
        ErrnoException nobody = assertThrows(
                ErrnoException.class,
                () -> UnixDatagrams.to(folder.resolve("none").toString()));
        assertEquals(Errno.ENOENT, nobody.errno());
        assertEquals(
                Errno.EINVAL,
                assertThrows(ErrnoException.class, () -> UnixDatagrams.to("/" + "x".repeat(200)))
                        .errno());
        assertEquals(
                Errno.EINVAL,
                assertThrows(ErrnoException.class, () -> UnixDatagrams.to("")).errno());
    }
}
