// SPDX-License-Identifier: Apache-2.0

/**
 * The system calls in use, and nothing above them: no policy, no retries, no formats. {@link Sys}
 * is what the rest of the library sees; JNA is seen only here.
 */
@NullMarked
package org.zreap.internal.sys;

import org.jspecify.annotations.NullMarked;
