// SPDX-License-Identifier: Apache-2.0

/** The rights of this process, and what keeps it from the module's files. No API. */
@NullMarked
package org.zreap.internal.access;

import org.jspecify.annotations.NullMarked;
