// SPDX-License-Identifier: Apache-2.0

/**
 * The kernel module itself.
 *
 * <p>{@link org.zreap.module.KernelModule} is the way in: it finds, loads and unloads the module.
 * {@link org.zreap.module.ModuleCheck} says what keeps it from being used.
 */
@NullMarked
package org.zreap.module;

import org.jspecify.annotations.NullMarked;
