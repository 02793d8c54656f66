// SPDX-License-Identifier: Apache-2.0

/**
 * Zombie processes of a living parent: finding, reaping and verifying them.
 *
 * <p>{@link org.zreap.Zreap} is the way in: it talks to the kernel module {@code zreap} through
 * {@code /proc/zreap}. {@link org.zreap.ZombieScanner} finds zombies without the module.
 *
 * <p>Everything that comes back is immutable. A process is named by its PID and its start time
 * together ({@link org.zreap.ProcessIdentity}), so a reused PID is never touched. What goes wrong
 * is a {@link org.zreap.ZreapException}. What the kernel refuses is a {@link org.zreap.ReapResult}.
 */
@NullMarked
package org.zreap;

import org.jspecify.annotations.NullMarked;
