// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import org.zreap.Zombie;

/**
 * Zombies that are alike.
 *
 * @param zombies the zombies; more may be added
 * @param own what was seen of the first
 * @param parent what was seen of their parent
 */
public record Alike(List<Zombie> zombies, ZombieFacts own, Optional<ParentFacts> parent) {}
