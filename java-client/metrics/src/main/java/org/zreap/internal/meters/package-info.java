// SPDX-License-Identifier: Apache-2.0

/** No API: the meters that the library's metrics and the service have in common. */
@NullMarked
package org.zreap.internal.meters;

import org.jspecify.annotations.NullMarked;
