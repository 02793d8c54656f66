// SPDX-License-Identifier: Apache-2.0

/** Makes this JVM the new parent of zombies. */
@NullMarked
package org.zreap.internal.adopt;

import org.jspecify.annotations.NullMarked;
