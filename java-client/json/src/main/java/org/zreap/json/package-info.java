// SPDX-License-Identifier: Apache-2.0

/** Writes JSON as all of zreap does. {@link org.zreap.json.JsonLines} is the way in. */
@NullMarked
package org.zreap.json;

import org.jspecify.annotations.NullMarked;
