// SPDX-License-Identifier: Apache-2.0

/**
 * Finds zombie processes of living parents, reaps them, and verifies that they are gone.
 *
 * <p>{@link org.zreap.Zreap} is the way in: it talks to the kernel module {@code zreap} through
 * {@code /proc/zreap}. {@link org.zreap.ZombieScanner} finds zombies without the module.
 *
 * <p>All returned objects are immutable. {@link org.zreap.ProcessIdentity} names a process by PID
 * and start time, so zreap never touches a later owner of that PID. A failed request throws a
 * {@link org.zreap.ZreapException}. If the kernel refuses a single process, the request gives a
 * {@link org.zreap.ReapResult}.
 */
@NullMarked
package org.zreap;

import org.jspecify.annotations.NullMarked;
