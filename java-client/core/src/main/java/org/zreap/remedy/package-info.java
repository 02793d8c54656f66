// SPDX-License-Identifier: Apache-2.0

/**
 * Removes a zombie step by step, the gentlest step first. {@link org.zreap.remedy.Ladder} climbs
 * until the zombie is gone, and records what each step did.
 */
@NullMarked
package org.zreap.remedy;

import org.jspecify.annotations.NullMarked;
