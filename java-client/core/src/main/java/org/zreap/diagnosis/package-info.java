// SPDX-License-Identifier: Apache-2.0

/**
 * Tells why a zombie is there. {@link org.zreap.diagnosis.Diagnoser} reads about its parent from
 * {@code /proc}, without the kernel module. {@link org.zreap.diagnosis.Diagnosis} has the cause,
 * the evidence, and a change that prevents such zombies.
 */
@NullMarked
package org.zreap.diagnosis;

import org.jspecify.annotations.NullMarked;
