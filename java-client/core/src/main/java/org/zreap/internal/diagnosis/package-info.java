// SPDX-License-Identifier: Apache-2.0

/**
 * From files to a finding. Readers ({@link ParentReader}, {@link ZombieReader},
 * {@link EndingInits}, {@link Headrooms}) make facts, which are immutable; the rules of
 * {@link Rules} conclude from the facts alone, each about one family of causes.
 */
@NullMarked
package org.zreap.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
