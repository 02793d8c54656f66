// SPDX-License-Identifier: Apache-2.0

/**
 * The language of netlink and of the family {@code zreap}: requests to bytes, bytes to rows. No
 * I/O; {@code kmod/zreap.yaml} is the contract.
 */
@NullMarked
package org.zreap.internal.netlink;

import org.jspecify.annotations.NullMarked;
