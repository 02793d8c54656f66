// SPDX-License-Identifier: Apache-2.0
/** What the HTTP servers of the service have in common. */
@NullMarked
package org.zreap.serve.http;

import org.jspecify.annotations.NullMarked;
