// SPDX-License-Identifier: Apache-2.0

/** Publishes what the service sees and does as metrics: {@link org.zreap.serve.metrics.ServiceMetrics}. */
@NullMarked
package org.zreap.serve.metrics;

import org.jspecify.annotations.NullMarked;
