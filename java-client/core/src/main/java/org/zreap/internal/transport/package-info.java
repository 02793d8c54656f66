// SPDX-License-Identifier: Apache-2.0

/**
 * The transports to the kernel module, behind {@link ModuleTransport}, and the files beside them.
 */
@NullMarked
package org.zreap.internal.transport;

import org.jspecify.annotations.NullMarked;
