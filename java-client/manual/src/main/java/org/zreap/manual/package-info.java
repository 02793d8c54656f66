// SPDX-License-Identifier: Apache-2.0

/**
 * Makes man pages and completion files from the command's own model.
 * {@link org.zreap.manual.Manual} writes them.
 */
@NullMarked
package org.zreap.manual;

import org.jspecify.annotations.NullMarked;
