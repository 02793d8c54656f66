// SPDX-License-Identifier: Apache-2.0

/** Looks at the zombies again and again, and does what the policy says: {@link org.zreap.serve.watch.Watch}. */
@NullMarked
package org.zreap.serve.watch;

import org.jspecify.annotations.NullMarked;
