// SPDX-License-Identifier: Apache-2.0

/**
 * The results of the kernel module, for all callers.
 *
 * <p>{@link org.zreap.event.EventSubscription} is the way in: it tells a listener of each new
 * result. {@link org.zreap.Zreap#recent} gives the last ones that the module keeps.
 */
@NullMarked
package org.zreap.event;

import org.jspecify.annotations.NullMarked;
