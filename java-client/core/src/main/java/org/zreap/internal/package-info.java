// SPDX-License-Identifier: Apache-2.0

/** What the public classes are made of. */
@NullMarked
package org.zreap.internal;

import org.jspecify.annotations.NullMarked;
