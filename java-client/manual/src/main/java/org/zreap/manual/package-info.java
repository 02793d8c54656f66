// SPDX-License-Identifier: Apache-2.0

/**
 * Man pages and completion, out of the command's own model; {@link org.zreap.manual.Manual} writes
 * them.
 */
@NullMarked
package org.zreap.manual;

import org.jspecify.annotations.NullMarked;
