// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTest {

    @ParameterizedTest
    @CsvSource({"0123456789abcdef, 0123456789ab", "0123456789ab, 0123456789ab", "web, web"})
    void shortIdIsAsContainerToolsShowIt(String id, String shortId) {
        assertEquals(shortId, new Container(Container.Engine.DOCKER, id, Optional.empty()).shortId());
    }
}
