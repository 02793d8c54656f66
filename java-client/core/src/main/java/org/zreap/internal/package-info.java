// SPDX-License-Identifier: Apache-2.0

/** The implementation of the public classes. */
@NullMarked
package org.zreap.internal;

import org.jspecify.annotations.NullMarked;
