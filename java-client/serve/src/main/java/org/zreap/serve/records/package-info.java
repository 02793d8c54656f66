// SPDX-License-Identifier: Apache-2.0

/** What the service did, a JSON object a line: {@link org.zreap.serve.records.RecordFile}. */
@NullMarked
package org.zreap.serve.records;

import org.jspecify.annotations.NullMarked;
