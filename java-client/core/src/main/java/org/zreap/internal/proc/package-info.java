// SPDX-License-Identifier: Apache-2.0

/** Reading {@code /proc/PID}: {@link ProcFs} reads, the other classes parse what has been read. */
@NullMarked
package org.zreap.internal.proc;

import org.jspecify.annotations.NullMarked;
