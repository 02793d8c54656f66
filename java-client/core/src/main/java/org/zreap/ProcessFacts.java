// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.zreap.event.ResultEvent;

/**
 * What the kernel said of the process that a request named. Of a process that is not there, only the PID is known.
 *
 * <p>Immutable and so thread-safe. Numbers are those of the PID namespace of this process.
 *
 * @param pid the PID that was asked for; 0 in a {@link ResultEvent} if it is not visible from here
 * @param startTicks when the process started, as in {@link ProcessIdentity}
 * @param name its name
 * @param parentPid its parent, 0 if that is outside of the PID namespace
 * @param parentName its parent's name
 * @param status how it ended
 * @param rusage what it has used up
 * @param age the time that a minimum age is compared with, as in {@link Zombie#age}
 * @param livingThreads how many threads of it live: of a living process all of them, of one whose main thread has ended the
 *     others
 * @param tracer who traces it; empty if nobody does, or somebody outside of the PID namespace
 * @param adopter who has adopted it, or was to; empty if that is outside of the PID namespace
 */
public record ProcessFacts(
        long pid,
        OptionalLong startTicks,
        Optional<CommandName> name,
        OptionalLong parentPid,
        Optional<CommandName> parentName,
        Optional<ExitStatus> status,
        Optional<Rusage> rusage,
        Optional<Duration> age,
        OptionalInt livingThreads,
        OptionalLong tracer,
        OptionalLong adopter) {

    /**
     * The PID together with the start time.
     *
     * @return empty if one of them is not known
     */
    public Optional<ProcessIdentity> identity() {
        return pid != 0 && startTicks.isPresent()
                ? Optional.of(new ProcessIdentity(pid, startTicks.getAsLong()))
                : Optional.empty();
    }

    /** The process as people write it: {@code 1234@5678 (name)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(pid);
        startTicks.ifPresent(start -> text.append('@').append(start));
        name.ifPresent(n -> text.append(" (").append(n).append(')'));
        return text.toString();
    }
}
