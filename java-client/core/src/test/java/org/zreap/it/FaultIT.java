// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.ModuleMissingException;
import org.zreap.ProcessIdentity;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Request;
import org.zreap.Target;
import org.zreap.Transport;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.module.KernelModule;

/** What the client needs goes away while it works. */
class FaultIT extends WithZreap {

    private static final ProcessIdentity NOBODY = new ProcessIdentity(Target.MAX_PID, 1);

    private static final int EAGAIN = 11;

    /** Some ten requests. */
    private static final int MANY = 30_000;

    @Test
    void moduleGoesInTheMiddleOfManyRequests() throws Exception {
        try (LivingParent parent = LivingParent.ofExits(5);
                LivingParent inTheMiddle = LivingParent.of("exit 0")) {
            List<Target> targets = new ArrayList<>(parent.zombies(5));
            targets.addAll(Collections.nCopies(MANY, NOBODY));
            targets.add(inTheMiddle.zombie());
            targets.addAll(Collections.nCopies(MANY, NOBODY));

            CompletableFuture<List<ReapResult>> request =
                    zreap.sendAsync(Request.reap(targets, ReapOptions.defaults()));
            Await.value(
                    "the middle",
                    () -> Optional.of(true).filter(yes -> inTheMiddle.zombies().isEmpty()));
            Await.value("the module's end", FaultIT::unload);
            ExecutionException e;
            try {
                e = assertThrows(ExecutionException.class, request::get);
            } finally {
                KernelModule.system().load(Map.of());
            }

            List<ReapResult> done =
                    assertInstanceOf(ModuleMissingException.class, e.getCause()).completed();
            assertTrue(done.size() >= 5 && done.size() < targets.size(), () -> done.size() + " results");
            for (int i = 0; i < done.size(); i++) {
                assertEquals(targets.get(i).pid(), done.get(i).process().pid());
                assertEquals(
                        targets.get(i).equals(NOBODY) ? "gone" : "reaped",
                        done.get(i).word());
            }
            assertEquals("gone", zreap.reap(NOBODY).word(), "the client is good for the module that comes next");
        }
    }

    @Test
    void procfsIsUnmounted(@TempDir Path folder) throws Exception {
        Path proc = Files.createDirectory(folder.resolve("proc"));
        run("mount", "-t", "proc", "proc", proc.toString());
        try (Zreap client = Zreap.builder().transport(transport).procRoot(proc).open();
                LivingParent parent = LivingParent.of("exit 7")) {
            Zombie zombie = parent.zombie();
            run("umount", proc.toString());

            ZreapException blind = assertThrows(
                    ZreapException.class, () -> ZombieScanner.of(proc).scan());
            assertEquals(Optional.of(proc), blind.path());
            if (transport == Transport.PROCFS) {
                ModuleMissingException missing = assertThrows(ModuleMissingException.class, () -> client.reap(zombie));
                assertEquals(Optional.of(proc.resolve("zreap")), missing.path());
                assertFalse(client.verification().isGone(zombie.identity()));
            } else {
                assertEquals("reaped", client.reap(zombie).word());
                assertTrue(client.verification().isGone(zombie.identity()));
            }
        }
    }

    /**
     * Signals that restart no call come all the time, in every state that the requests go through.
     */
    @Test
    void signalsLoseNothing() throws Exception {
        int children = 50;
        try (LivingParent parent = LivingParent.ofExits(children);
                ThreadSignals signals = ThreadSignals.open()) {
            List<Zombie> zombies = parent.zombies(children);
            List<Target> targets = new ArrayList<>();
            for (Zombie zombie : zombies) {
                targets.add(zombie);
                targets.addAll(Collections.nCopies(MANY / children, NOBODY));
            }

            ThreadSignals.Interrupted<List<ReapResult>> request = signals.during(() -> zreap.reap(targets));
            int sent = 0;
            while (!request.result().isDone()) {
                request.signal();
                sent++;
            }
            List<ReapResult> results = request.result().get();

            assertTrue(sent > 1, "the request was over at once");
            assertEquals(
                    targets.stream().map(Target::pid).toList(),
                    results.stream().map(result -> result.process().pid()).toList());
            assertEquals(
                    zombies.stream().map(Zombie::status).toList(),
                    results.stream()
                            .filter(ReapResult.Reaped.class::isInstance)
                            .map(result -> result.process().status())
                            .toList());
            assertEquals(
                    targets.size() - children,
                    results.stream().filter(ReapResult.Gone.class::isInstance).count());
        }
    }

    /**
     * The kernel keeps the module as long as it works at a netlink request, and lets it go before
     * the next.
     */
    private static Optional<Boolean> unload() {
        try {
            KernelModule.system().unload();
            return Optional.of(true);
        } catch (ZreapException e) {
            assertEquals(OptionalInt.of(EAGAIN), e.errno());
            return Optional.empty();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
