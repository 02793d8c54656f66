// SPDX-License-Identifier: Apache-2.0

/** The service that looks after zombies: {@link org.zreap.serve.Service}. */
@NullMarked
package org.zreap.serve;

import org.jspecify.annotations.NullMarked;
