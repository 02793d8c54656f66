// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "chrome, chrome, true",
        "chrome, chromedriver, false",
        "chrome*, chrome, true",
        "chrome*, chromedriver, true",
        "*d, sshd, true",
        "*d, sshd2, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbY, false",
        "*ab, aab, true",
        "*a?c*, xabxabc, true",
        "app-?.service, app-1.service, true",
        "app-?.service, app-12.service, false",
        "app-?.service, app-1xservice, false",
        "/usr/*/java, /usr/lib/jvm/bin/java, true",
        "[a], a, false",
        "*, anything, true",
        "**, anything, true",
        "??, ab, true",
        "?, '', false",
    })
    void fitsWholeTexts(String glob, String text, boolean fits) {
        assertEquals(fits, new Glob(glob).fits(text));
    }

    @Test
    void takesNoLongForHostileNames() {
        assertFalse(new Glob("*a".repeat(200) + "b").fits("a".repeat(4096)));
    }
}
