// SPDX-License-Identifier: Apache-2.0

/**
 * Turns requests into netlink bytes, and bytes into rows. It does no I/O. {@code kmod/zreap.yaml}
 * specifies the family {@code zreap}.
 */
@NullMarked
package org.zreap.internal.netlink;

import org.jspecify.annotations.NullMarked;
