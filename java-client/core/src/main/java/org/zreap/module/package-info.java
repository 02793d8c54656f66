// SPDX-License-Identifier: Apache-2.0

/**
 * The kernel module itself.
 *
 * <p>{@link org.zreap.module.KernelModule} finds, loads and unloads the module.
 * {@link org.zreap.module.ModuleCheck} tells why the module cannot be used.
 */
@NullMarked
package org.zreap.module;

import org.jspecify.annotations.NullMarked;
