// SPDX-License-Identifier: Apache-2.0
/**
 * The status page of the service: it shows what {@link org.zreap.serve.watch.Watch} sees and does,
 * and changes nothing. {@link org.zreap.serve.page.PageHost} is the way in.
 */
@NullMarked
package org.zreap.serve.page;

import org.jspecify.annotations.NullMarked;
