// SPDX-License-Identifier: Apache-2.0
package org.zreap.remedy;

import java.util.Optional;
import org.zreap.ReapResult;

/**
 * The outcome of a step.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param step the step
 * @param taken whether the ladder took the step; false in a dry run, or if the step does not apply
 * @param explanation what happened, or why nothing did
 * @param result the kernel module's answer, if it decided the outcome
 * @param gone whether the zombie was gone afterwards
 */
public record StepOutcome(Step step, boolean taken, String explanation, Optional<ReapResult> result, boolean gone) {}
