// SPDX-License-Identifier: Apache-2.0

/** Reads {@code /proc/PID}: {@link ProcFs} reads the files, and the other classes parse them. */
@NullMarked
package org.zreap.internal.proc;

import org.jspecify.annotations.NullMarked;
