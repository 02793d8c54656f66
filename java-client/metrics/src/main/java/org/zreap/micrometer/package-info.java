// SPDX-License-Identifier: Apache-2.0

/** Metrics of zombies and of what became of them. */
@NullMarked
package org.zreap.micrometer;

import org.jspecify.annotations.NullMarked;
