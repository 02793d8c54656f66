// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.diagnosis.Finding.Kind;

/** What is told of processes that are no zombies. */
class LivingProcessTest extends OneZombie {

    @ParameterizedTest
    @CsvSource({
        "S, app, '', 'It lives, and is no zombie.'",
        "T, stopped, '', 'It lives, and a signal has stopped it.'",
        "D, stuck, nfs_wait, 'It is no zombie: it sleeps uninterruptibly in the kernel (state D) (by its name: an NFS"
                + " server).'",
    })
    void tellsOfLivingProcesses(char state, String name, String wchan, String told) throws IOException {
        tree.process(30)
                .name(name)
                .state(state)
                .parent(1)
                .executable("/nowhere/app")
                .wchan(wchan)
                .write();

        LivingProcess process = diagnoser.living(30, List.of()).orElseThrow();

        assertEquals(told, process.state());
        assertEquals(List.of(), process.zombies());
    }

    @Test
    void tellsOfParents() throws IOException {
        parent().write();
        List<Zombie> all = ZombieScanner.of(root).scan();

        LivingProcess process = diagnoser.living(PARENT, all).orElseThrow();

        assertEquals(1, process.zombies().size());
        assertEquals(
                Kind.HANDLER_DOES_NOT_WAIT, process.zombies().get(0).finding().kind());
    }

    @Test
    void tellsOfInitThatWaitsForItsNamespaceToEnd() throws IOException {
        parent().write();
        tree.process(30)
                .nsPid("30\t1")
                .flags(4)
                .wchan("zap_pid_ns_processes")
                .link("ns/pid", "pid:[7]")
                .write();
        tree.process(21)
                .zombieOf(PARENT, 0)
                .nsPid("21\t8")
                .link("ns/pid", "pid:[7]")
                .write();

        LivingProcess process = diagnoser.living(30, List.of()).orElseThrow();

        assertTrue(process.state().contains("is process 1 of a PID namespace and has ended"), process.state());
        assertEquals(Optional.of("zreap why 21"), process.now());
    }

    @Test
    void knowsWhatIsNoLivingProcess() throws IOException {
        assertEquals(Optional.empty(), diagnoser.living(4000, List.of()));
        assertEquals(Optional.empty(), diagnoser.living(21, List.of()));
        assertEquals(OptionalLong.empty(), diagnoser.processOfThread(4000));
        assertEquals(OptionalLong.empty(), diagnoser.processOfThread(21));
        tree.process(31).file("../32/status", "Tgid:\t31\n").write();
        assertEquals(OptionalLong.of(31), diagnoser.processOfThread(32));
    }
}
