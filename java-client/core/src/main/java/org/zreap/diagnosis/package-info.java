// SPDX-License-Identifier: Apache-2.0

/**
 * Why a zombie is there: {@link org.zreap.diagnosis.Diagnoser} reads all about its parent from
 * {@code /proc}, without the kernel module, and {@link org.zreap.diagnosis.Diagnosis} says what the
 * cause is, on what evidence, and what to change so that it does not come again.
 */
@NullMarked
package org.zreap.diagnosis;

import org.jspecify.annotations.NullMarked;
