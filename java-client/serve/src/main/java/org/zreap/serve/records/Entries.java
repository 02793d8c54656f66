// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.records;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.zreap.CommandName;
import org.zreap.ExitStatus;
import org.zreap.Zombie;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.engines.ContainerNames;
import org.zreap.json.JsonFields;
import org.zreap.json.JsonLines;

/** The kinds of entries, as {@code docs/schema/record.schema.json} has them. Stateless. */
public final class Entries {

    private Entries() {}

    /**
     * The parent of zombies.
     *
     * @param pid its PID, 0 if it is outside of the PID namespace
     * @param startTicks its start time, if it can be seen
     * @param name its command name
     * @param executable the path of its program
     * @param uid its real user ID
     * @param user the name of its user
     * @param placement where it belongs
     * @param names what the engine calls its container
     */
    public record Parent(
            long pid,
            OptionalLong startTicks,
            Optional<CommandName> name,
            Optional<String> executable,
            OptionalLong uid,
            Optional<String> user,
            Optional<Placement> placement,
            ContainerNames names) {

        private void write(JsonFields fields) throws IOException {
            fields.number("pid", pid);
            fields.number("start", startTicks);
            fields.text("name", name);
            fields.text("executable", executable.map(CommandName::of));
            fields.number("uid", uid);
            fields.text("user", user);
            writePlace(fields, placement, names);
        }
    }

    /**
     * The zombies of one parent at one moment.
     *
     * @param zombies how many there are
     * @param oldest the age of the oldest, if it is known
     * @param birthsPerMinute how many came in the last minute
     * @param roomPercent the share of the tightest PID limit that is left
     */
    public record Crowd(int zombies, Optional<Duration> oldest, int birthsPerMinute, OptionalInt roomPercent) {

        private void write(JsonFields fields) throws IOException {
            fields.number("zombies", zombies);
            fields.number("oldestMillis", oldest.map(Duration::toMillis));
            fields.number("birthsPerMinute", birthsPerMinute);
            if (roomPercent.isPresent()) {
                fields.number("roomPercent", roomPercent.getAsInt());
            }
        }
    }

    /**
     * A step for a zombie.
     *
     * @param time when it was taken
     * @param rule the name of the rule
     * @param step which step
     * @param dryRun whether it only asked
     * @param zombie the zombie, as it was before
     * @param place where the zombie belongs
     * @param names what the engine calls the zombie's container
     * @param parent its parent
     * @param finding why it is there
     * @param before the zombies of that parent before the step
     * @param taken whether the step was taken
     * @param result the word of the kernel module, if it was asked
     * @param explanation what happened
     * @param status how the zombie had ended, if that is known
     * @param gone whether the zombie is gone after the step
     */
    public record Step(
            Instant time,
            String rule,
            String step,
            boolean dryRun,
            Zombie zombie,
            Optional<Placement> place,
            ContainerNames names,
            Parent parent,
            Optional<Finding> finding,
            Crowd before,
            boolean taken,
            Optional<String> result,
            String explanation,
            Optional<ExitStatus> status,
            boolean gone)
            implements JsonLines.Body {

        @Override
        public void write(JsonFields fields) throws IOException {
            begin(fields, "step", time);
            fields.text("rule", rule);
            fields.text("step", step);
            fields.flag("dryRun", dryRun);
            fields.object("zombie", one -> {
                one.number("pid", zombie.pid());
                one.number("start", zombie.identity().startTicks());
                one.text("name", zombie.name());
                one.number("uid", zombie.uid());
                one.number("ageMillis", zombie.age().map(Duration::toMillis));
                one.status(status);
                writePlace(one, place, names);
            });
            fields.object("parent", parent::write);
            cause(fields, finding);
            fields.flag("taken", taken);
            fields.text("result", result);
            fields.text("explanation", explanation);
            fields.object("before", before::write);
            fields.object("after", one -> one.flag("gone", gone));
        }
    }

    /**
     * What there is, without a step.
     *
     * @param time when
     * @param rule the name of the rule
     * @param parent the parent
     * @param crowd its zombies, for which the rule is
     * @param would the steps that the rule has
     * @param text why it took none of them now
     */
    public record Report(
            Instant time, String rule, Parent parent, Crowd crowd, List<String> would, Optional<String> text)
            implements JsonLines.Body {

        @Override
        public void write(JsonFields fields) throws IOException {
            begin(fields, "report", time);
            fields.text("rule", rule);
            fields.object("parent", parent::write);
            crowd.write(fields);
            fields.texts("wouldTake", would);
            fields.text("text", text);
        }
    }

    /** Zombies that fit a rule and that zreap leaves all the same. */
    public static JsonLines.Body left(
            Instant time, String rule, Parent parent, int zombies, Optional<Finding> finding, String text) {
        return fields -> {
            begin(fields, "left", time);
            fields.text("rule", rule);
            fields.object("parent", parent::write);
            fields.number("zombies", zombies);
            cause(fields, finding);
            fields.text("text", text);
        };
    }

    /** A limit of PIDs that is nearly reached. */
    public static JsonLines.Body emergency(Instant time, TaskLimit limit, int zombies, String text) {
        return fields -> {
            begin(fields, "emergency", time);
            fields.text("cgroup", limit.cgroup().map(CommandName::of));
            fields.number("current", limit.current());
            fields.number("max", limit.max());
            fields.number("zombies", zombies);
            fields.text("text", text);
        };
    }

    /** Something about the service itself. */
    public static JsonLines.Body service(Instant time, String event, String text) {
        return fields -> {
            begin(fields, "service", time);
            fields.text("event", event);
            fields.text("text", text);
        };
    }

    static JsonLines.Body lost(Instant time, long entries) {
        return service(time, "record-lost", entries + " entries could not be written");
    }

    private static void begin(JsonFields fields, String type, Instant time) throws IOException {
        fields.text("type", type);
        fields.text("time", time);
    }

    private static void cause(JsonFields fields, Optional<Finding> finding) throws IOException {
        if (finding.isPresent()) {
            fields.word("cause", finding.get().kind());
            fields.flag("certain", finding.get().isCertain());
            fields.text("causeText", finding.get().cause());
            fields.texts("evidence", finding.get().evidence());
        }
    }

    /** A process that may create a cgroup may give it any name. */
    private static void writePlace(JsonFields fields, Optional<Placement> placement, ContainerNames names)
            throws IOException {
        if (placement.isPresent()) {
            fields.text("cgroup", CommandName.of(placement.get().cgroup()));
            fields.text("unit", placement.get().unit().map(CommandName::of));
            fields.text("container", placement.get().container().map(one -> CommandName.of(one.id())));
            fields.text(
                    "engine",
                    placement.get().container().map(one -> one.engine().label()));
            fields.text(
                    "podUid",
                    placement.get().container().flatMap(one -> one.podUid()).map(CommandName::of));
            fields.text("containerName", names.name().map(CommandName::of));
            fields.text("podName", names.pod().map(CommandName::of));
            fields.text("podNamespace", names.podNamespace().map(CommandName::of));
        }
    }
}
