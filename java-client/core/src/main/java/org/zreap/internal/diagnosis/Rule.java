// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.Optional;
import org.zreap.diagnosis.Finding;

/** Knows one family of causes. Stateless. */
interface Rule {

    /** The finding, if this family has the cause. */
    Optional<Finding> find(Situation situation);
}
