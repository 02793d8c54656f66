// SPDX-License-Identifier: Apache-2.0

/**
 * Makes system calls, without policy, retries or formats. The rest of the library sees only
 * {@link Sys}. Only this package uses JNA.
 */
@NullMarked
package org.zreap.internal.sys;

import org.jspecify.annotations.NullMarked;
