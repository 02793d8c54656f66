// SPDX-License-Identifier: Apache-2.0

/** The ways to the kernel module, behind {@link Door}. */
@NullMarked
package org.zreap.internal.transport;

import org.jspecify.annotations.NullMarked;
