// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.zreap.Availability;
import org.zreap.Target;
import org.zreap.Transport;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.Zreap;
import org.zreap.ZreapException;

/**
 * Who may not use the module. The client runs in a JVM of its own, with rights taken away by
 * setpriv(1).
 */
@ParameterizedClass
@EnumSource(Transport.class)
class PermissionIT {

    @Parameter
    private Transport transport;

    @TempDir
    private static Path readable;

    private static OtherJvm jvm;

    @BeforeAll
    static void prepare() throws IOException {
        jvm = OtherJvm.in(readable);
    }

    @Test
    void unprivilegedUserIsRefused() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            assertEquals(
                    "PermissionException, NOT_PERMITTED, sees " + zombie.identity(),
                    client(zombie, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
            assertEquals(zombie, parent.zombie());
        }
    }

    @Test
    void rootWithoutCapKillIsRefused() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            assertEquals(
                    "PermissionException, NOT_PERMITTED, sees " + zombie.identity(),
                    client(zombie, "setpriv", "--inh-caps=-kill", "--bounding-set=-kill"));
            assertEquals(zombie, parent.zombie());
        }
    }

    @Test
    void rootIsServed() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            assertEquals("reaped", client(parent.zombie()));
        }
    }

    @Test
    void anotherNetworkNamespaceHasNoFamily() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();

            assertEquals(
                    transport == Transport.PROCFS
                            ? "reaped"
                            : "ModuleMissingException, NOT_IN_CONTAINER, sees " + zombie.identity(),
                    client(zombie, "unshare", "--net"));
        }
    }

    @Test
    void anotherPidNamespaceIsNotServed() throws Exception {
        try (LivingParent parent = LivingParent.of("exit 7")) {
            assertEquals(
                    "PermissionException, NOT_IN_CONTAINER, sees nobody",
                    client(parent.zombie(), "unshare", "--pid", "--fork", "--mount-proc"));
        }
    }

    private String client(Zombie zombie, String... wrapper) throws IOException, InterruptedException {
        return jvm.run(List.of(wrapper), Client.class, transport.name(), Long.toString(zombie.pid()));
    }

    /** Tries to reap one process and says what came of it. */
    static final class Client {

        private Client() {}

        public static void main(String... arguments) {
            Transport transport = Transport.valueOf(arguments[0]);
            long pid = Long.parseLong(arguments[1]);
            try (Zreap zreap = Zreap.open(transport)) {
                System.out.println(zreap.reap(Target.ofPid(pid)).word());
            } catch (ZreapException e) {
                String reason =
                        Zreap.builder().transport(transport).availability() instanceof Availability.Unavailable no
                                ? no.reason().name()
                                : "available";
                String seen = ZombieScanner.system()
                        .find(pid)
                        .map(zombie -> zombie.identity().toString())
                        .orElse("nobody");
                System.out.println(e.getClass().getSimpleName() + ", " + reason + ", sees " + seen);
            }
        }
    }
}
