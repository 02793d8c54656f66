// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

/**
 * A cause that the evidence does not exclude.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param cause the cause, in a clause
 * @param decidedBy what would tell whether it is this one
 */
public record Alternative(String cause, String decidedBy) {}
