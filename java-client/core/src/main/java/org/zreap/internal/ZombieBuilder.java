// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.zreap.CommandName;
import org.zreap.ExitStatus;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.ZombieState;

/**
 * Makes {@link Zombie}s. A zombie without a known state is reapable.
 *
 * <p>Not thread-safe: only one thread may use it.
 */
public final class ZombieBuilder {

    /** How Zombie is made. */
    public static final ConstructorAccess<Parts, Zombie> CONSTRUCTOR = new ConstructorAccess<>(Zombie.class);

    /** All that Zombie holds; its accessors explain each. */
    public record Parts(
            ProcessIdentity identity,
            CommandName name,
            long parentPid,
            Optional<CommandName> parentName,
            ZombieState state,
            Optional<ZombieState> spared,
            OptionalLong uid,
            int livingThreads,
            OptionalLong tracer,
            Optional<Duration> age,
            Optional<ExitStatus> status) {}

    private final ProcessIdentity identity;
    private final CommandName name;
    private long parentPid = 0;
    private Optional<CommandName> parentName = Optional.empty();
    private ZombieState state = ZombieState.REAPABLE;
    private Optional<ZombieState> spared = Optional.empty();
    private OptionalLong uid = OptionalLong.empty();
    private int livingThreads = 0;
    private OptionalLong tracer = OptionalLong.empty();
    private Optional<Duration> age = Optional.empty();
    private Optional<ExitStatus> status = Optional.empty();

    /** With what is always known. All else is unknown unless it is set. */
    public ZombieBuilder(ProcessIdentity identity, CommandName name) {
        this.identity = identity;
        this.name = name;
    }

    /** Sets {@link Zombie#parentPid}. */
    public ZombieBuilder parentPid(long value) {
        this.parentPid = value;
        return this;
    }

    /** Sets {@link Zombie#parentName}. */
    public ZombieBuilder parentName(Optional<CommandName> value) {
        this.parentName = value;
        return this;
    }

    /** Sets {@link Zombie#state}. */
    public ZombieBuilder state(ZombieState value) {
        this.state = value;
        return this;
    }

    /** Sets {@link Zombie#spared}. */
    public ZombieBuilder spared(Optional<ZombieState> value) {
        this.spared = value;
        return this;
    }

    /** Sets {@link Zombie#uid}. */
    public ZombieBuilder uid(OptionalLong value) {
        this.uid = value;
        return this;
    }

    /** Sets {@link Zombie#livingThreads}. */
    public ZombieBuilder livingThreads(int value) {
        this.livingThreads = value;
        return this;
    }

    /** Sets {@link Zombie#tracer}. */
    public ZombieBuilder tracer(OptionalLong value) {
        this.tracer = value;
        return this;
    }

    /** Sets {@link Zombie#age}. */
    public ZombieBuilder age(Optional<Duration> value) {
        this.age = value;
        return this;
    }

    /** Sets {@link Zombie#status}. */
    public ZombieBuilder status(Optional<ExitStatus> value) {
        this.status = value;
        return this;
    }

    /** Makes it. A state that is not reapable is the reason to spare it, if there is no other. */
    public Zombie build() {
        Optional<ZombieState> reason = spared.or(() -> Optional.of(state).filter(s -> !s.isReapable()));
        return CONSTRUCTOR.construct(new Parts(
                identity, name, parentPid, parentName, state, reason, uid, livingThreads, tracer, age, status));
    }
}
