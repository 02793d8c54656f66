// SPDX-License-Identifier: Apache-2.0

/** Names containers and pods; {@link org.zreap.engines.EngineState} is the entry point. */
@NullMarked
package org.zreap.engines;

import org.jspecify.annotations.NullMarked;
