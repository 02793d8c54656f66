// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.zreap.ProcTree;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;

/** A tree with a zombie, process 21. Each test writes its parent. */
abstract class OneZombie {

    static final long PARENT = 10;

    @TempDir
    Path root;

    @TempDir
    Path cgroups;

    ProcTree tree;
    Diagnoser diagnoser;

    @BeforeEach
    void prepareZombie() throws IOException {
        tree = new ProcTree(root).self(true);
        diagnoser = Diagnoser.of(root, cgroups);
        tree.process(21).zombieOf(PARENT, 0).write();
    }

    ProcTree.Process parent() {
        return tree.process(PARENT).parent(1).executable("/nowhere/server");
    }

    Zombie zombie() {
        return ZombieScanner.of(root).find(21).orElseThrow();
    }

    Diagnosis diagnose() {
        return diagnoser.diagnose(zombie());
    }
}
