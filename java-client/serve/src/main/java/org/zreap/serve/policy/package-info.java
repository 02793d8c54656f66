// SPDX-License-Identifier: Apache-2.0

/** What the service may do, read from a file of YAML: {@link org.zreap.serve.policy.PolicyFile}. */
@NullMarked
package org.zreap.serve.policy;

import org.jspecify.annotations.NullMarked;
