// SPDX-License-Identifier: Apache-2.0

/** The command {@code zreap}; {@link org.zreap.cli.ZreapCommand} is where it starts. */
@NullMarked
package org.zreap.cli;

import org.jspecify.annotations.NullMarked;
