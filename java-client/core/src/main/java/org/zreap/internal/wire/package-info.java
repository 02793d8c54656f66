// SPDX-License-Identifier: Apache-2.0

/**
 * Turns requests into the bytes of {@code /proc/zreap}, and bytes into results. It does no I/O.
 * {@code docs/proc-interface.md} is the contract.
 */
@NullMarked
package org.zreap.internal.wire;

import org.jspecify.annotations.NullMarked;
