// SPDX-License-Identifier: Apache-2.0
package org.zreap.remedy;

import java.util.Optional;
import org.zreap.ReapResult;

/**
 * What a step did.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param step the step
 * @param taken whether it was taken; not so in a dry run, or where it does not apply
 * @param explanation what happened, or why nothing did
 * @param result what the kernel module answered, if the step asked it and that decided the outcome
 * @param gone whether the zombie was gone afterwards
 */
public record StepOutcome(Step step, boolean taken, String explanation, Optional<ReapResult> result, boolean gone) {}
