// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParentConditionTest {

    @Test
    void whatIsNotKnownIsAbsent() {
        ParentCondition condition = new ParentCondition.Builder(ProgramRuntime.OTHER).build();

        assertFalse(condition.stopped());
        assertEquals(Optional.empty(), condition.frozen());
        assertFalse(condition.uninterruptible());
        assertFalse(condition.namespaceInit());
    }

    @Test
    void saysWhyParentCannotRun() {
        Optional<String> evidence = Optional.of("cgroup.events: frozen 1");
        ParentCondition condition = new ParentCondition.Builder(ProgramRuntime.OTHER)
                .stopped(true)
                .frozen(evidence)
                .uninterruptible(true)
                .namespaceInit(true)
                .build();

        assertTrue(condition.stopped());
        assertEquals(evidence, condition.frozen());
        assertTrue(condition.uninterruptible());
        assertTrue(condition.namespaceInit());
    }
}
