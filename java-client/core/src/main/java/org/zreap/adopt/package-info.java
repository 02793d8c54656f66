// SPDX-License-Identifier: Apache-2.0

/**
 * A JVM that adopts zombies and learns how they ended.
 *
 * <p>{@link org.zreap.adopt.AdoptingReaper} is the way in. It needs the kernel module, and one
 * signal of the JVM.
 */
@NullMarked
package org.zreap.adopt;

import org.jspecify.annotations.NullMarked;
