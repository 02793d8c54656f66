// SPDX-License-Identifier: Apache-2.0

/**
 * Turns files into a finding. Readers ({@link ParentReader}, {@link ZombieReader},
 * {@link EndingInits}, {@link Headrooms}) make immutable facts. The rules of {@link Rules} use only
 * these facts. Each rule knows one family of causes.
 */
@NullMarked
package org.zreap.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
