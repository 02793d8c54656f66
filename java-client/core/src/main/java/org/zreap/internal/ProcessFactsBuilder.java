// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.zreap.CommandName;
import org.zreap.ExitStatus;
import org.zreap.ProcessFacts;
import org.zreap.Rusage;

/**
 * Makes {@link ProcessFacts}.
 *
 * <p>Not thread-safe: only one thread may use it.
 */
public final class ProcessFactsBuilder {

    /** How ProcessFacts is made. */
    public static final ConstructorAccess<Parts, ProcessFacts> CONSTRUCTOR =
            new ConstructorAccess<>(ProcessFacts.class);

    /** All that ProcessFacts holds; its accessors explain each. */
    public record Parts(
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
            OptionalLong adopter) {}

    private final long pid;
    private OptionalLong startTicks = OptionalLong.empty();
    private Optional<CommandName> name = Optional.empty();
    private OptionalLong parentPid = OptionalLong.empty();
    private Optional<CommandName> parentName = Optional.empty();
    private Optional<ExitStatus> status = Optional.empty();
    private Optional<Rusage> rusage = Optional.empty();
    private Optional<Duration> age = Optional.empty();
    private OptionalInt livingThreads = OptionalInt.empty();
    private OptionalLong tracer = OptionalLong.empty();
    private OptionalLong adopter = OptionalLong.empty();

    /** With what is always known. All else is unknown unless it is set. */
    public ProcessFactsBuilder(long pid) {
        this.pid = pid;
    }

    /** Sets {@link ProcessFacts#startTicks}. */
    public ProcessFactsBuilder startTicks(OptionalLong value) {
        this.startTicks = value;
        return this;
    }

    /** Sets {@link ProcessFacts#name}. */
    public ProcessFactsBuilder name(Optional<CommandName> value) {
        this.name = value;
        return this;
    }

    /** Sets {@link ProcessFacts#parentPid}. */
    public ProcessFactsBuilder parentPid(OptionalLong value) {
        this.parentPid = value;
        return this;
    }

    /** Sets {@link ProcessFacts#parentName}. */
    public ProcessFactsBuilder parentName(Optional<CommandName> value) {
        this.parentName = value;
        return this;
    }

    /** Sets {@link ProcessFacts#status}. */
    public ProcessFactsBuilder status(Optional<ExitStatus> value) {
        this.status = value;
        return this;
    }

    /** Sets {@link ProcessFacts#rusage}. */
    public ProcessFactsBuilder rusage(Optional<Rusage> value) {
        this.rusage = value;
        return this;
    }

    /** Sets {@link ProcessFacts#age}. */
    public ProcessFactsBuilder age(Optional<Duration> value) {
        this.age = value;
        return this;
    }

    /** Sets {@link ProcessFacts#livingThreads}. */
    public ProcessFactsBuilder livingThreads(OptionalInt value) {
        this.livingThreads = value;
        return this;
    }

    /** Sets {@link ProcessFacts#tracer}. */
    public ProcessFactsBuilder tracer(OptionalLong value) {
        this.tracer = value;
        return this;
    }

    /** Sets {@link ProcessFacts#adopter}. */
    public ProcessFactsBuilder adopter(OptionalLong value) {
        this.adopter = value;
        return this;
    }

    /** Makes it. */
    public ProcessFacts build() {
        return CONSTRUCTOR.construct(new Parts(
                pid, startTicks, name, parentPid, parentName, status, rusage, age, livingThreads, tracer, adopter));
    }
}
