// SPDX-License-Identifier: Apache-2.0

/**
 * The language of {@code /proc/zreap}: requests to bytes, bytes to results. No I/O;
 * {@code docs/proc-interface.md} is the contract.
 */
@NullMarked
package org.zreap.internal.wire;

import org.jspecify.annotations.NullMarked;
