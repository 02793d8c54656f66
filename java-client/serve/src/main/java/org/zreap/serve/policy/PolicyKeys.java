// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import static org.zreap.serve.policy.Key.optional;
import static org.zreap.serve.policy.Key.required;

import java.net.InetSocketAddress;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.zreap.diagnosis.Container.Engine;
import org.zreap.diagnosis.Finding.Kind;

/** The keys of a policy file, and how the policy is made of them. Stateless. */
final class PolicyKeys {

    private static final int DAY_LETTERS = 3;
    private static final int MOST_ZOMBIES = 4_194_304;
    private static final int MOST_PER_MINUTE = 1_000_000;
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEAR = Duration.ofDays(365);

    // The file.
    private static final Key<Integer> VERSION =
            required("version", Shapes.whole(1, 1), "The version of this format: 1.");
    private static final Key<Mode> MODE = optional(
            "mode",
            Shapes.word(Mode.class),
            "act: rules take their steps. report (default): every rule only reports what it would do.");

    // How often it looks.
    private static final Key<Duration> FASTEST = optional(
            "fastest",
            Shapes.time(Duration.ofMillis(100), HOUR, "1s"),
            "The time between two listings while zombies come or go. Default: 1s.");
    private static final Key<Duration> SLOWEST = optional(
            "slowest",
            Shapes.time(Duration.ofMillis(100), HOUR, "30s"),
            "The time between two listings while nothing changes. Default: 30s.");
    private static final Key<Pace> SCAN = optional(
            "scan",
            new Checked<>(Section.of(FASTEST, SLOWEST), PolicyKeys::pace),
            "How often the service lists the zombies. It lists them at once when PIDs become scarce.");

    // The protected parents.
    private static final Key<List<Glob>> PROTECTED_COMMANDS =
            optional("commands", Shapes.globs("a command name"), "Command names of parents.");
    private static final Key<List<Glob>> PROTECTED_UNITS =
            optional("units", Shapes.globs("a systemd unit"), "systemd units of parents or of zombies.");
    private static final Key<List<Glob>> PROTECTED_USERS =
            optional("users", Shapes.globs("the name or number of a user"), "Users of parents: names or numbers.");
    private static final Key<Protection> PROTECT = optional(
            "protect",
            Section.of(PROTECTED_COMMANDS, PROTECTED_UNITS, PROTECTED_USERS)
                    .map(values -> new Protection(
                            globs(PROTECTED_COMMANDS, values),
                            globs(PROTECTED_UNITS, values),
                            globs(PROTECTED_USERS, values))),
            "Parents that nothing touches, not in an emergency either.");

    // The emergency.
    private static final Key<Integer> ABOVE = optional(
            "above",
            Shapes.percent(50, 99, "90%"),
            "The share of a PID limit in use from which on there is an emergency. Default: 90%.");
    private static final Key<Duration> EMERGENCY_MIN_AGE = optional(
            "min-age",
            Shapes.time(Duration.ZERO, YEAR, "5s"),
            "Spare those that have been zombies for less than this. Default: 5s.");
    private static final Key<Emergency> EMERGENCY = optional(
            "emergency",
            Section.of(ABOVE, EMERGENCY_MIN_AGE)
                    .map(values -> new Emergency(
                            ABOVE.in(values).orElse(Emergency.SWEPT.above()),
                            EMERGENCY_MIN_AGE.in(values).orElse(Emergency.SWEPT.minAge()),
                            true)),
            "Sweep the parents with the most zombies when a pids cgroup or the machine runs out of PIDs because of"
                    + " zombies. Without this key the service only reports it.");

    // The status page.
    private static final Key<InetSocketAddress> LISTEN = optional(
            "listen",
            Shapes.address(StatusPage.DEFAULT_ADDRESS),
            "Address and port. Default: " + StatusPage.DEFAULT_ADDRESS + ", for this machine only.");
    private static final Key<List<String>> HOSTS = optional(
            "hosts",
            Shapes.several(Shapes.hostName()),
            "Names under which browsers may ask for the page, besides localhost and the address itself.");
    private static final Key<StatusPage> STATUS_PAGE = optional(
            "status-page",
            Section.of(LISTEN, HOSTS)
                    .map(values -> new StatusPage(
                            LISTEN.in(values).orElse(StatusPage.DEFAULT.address()),
                            HOSTS.in(values).orElse(List.of()))),
            "Serve a page that shows what the service sees and does. It asks for no password. Without this key there"
                    + " is none.");

    // What a rule is for.
    private static final Key<List<Glob>> COMMAND =
            optional("command", Shapes.globs("a command name"), "Command name of the parent.");
    private static final Key<List<Glob>> EXECUTABLE =
            optional("executable", Shapes.globs("the path of a program"), "Path of the program that the parent runs.");
    private static final Key<List<Glob>> USER =
            optional("user", Shapes.globs("the name or number of a user"), "User of the parent: a name or a number.");
    private static final Key<List<Glob>> UNIT =
            optional("unit", Shapes.globs("a systemd unit"), "systemd unit of the zombie.");
    private static final Key<List<Engine>> ENGINE =
            optional("engine", Shapes.several(Shapes.word(Engine.class)), "What runs the container of the zombie.");
    private static final Key<List<Glob>> POD =
            optional("pod", Shapes.globs("the UID of a pod"), "UID of the Kubernetes pod of the zombie.");
    private static final Key<List<Kind>> CAUSE = optional(
            "cause",
            Shapes.several(Shapes.word(Kind.class)),
            "The cause that zreap why finds, its field kind. A rule that adopts or reaps leaves zombies for which"
                    + " zreap why says 'do not reap', unless it names their cause here.");
    private static final Key<Duration> MIN_AGE = optional(
            "min-age", Shapes.time(Duration.ZERO, YEAR, "5m"), "How long it must have been a zombie. Default: 1m.");
    private static final Key<Integer> MIN_COUNT =
            optional("min-count", Shapes.whole(1, MOST_ZOMBIES), "How many zombies its parent must have. Default: 1.");
    private static final Key<Integer> MIN_BIRTHS = optional(
            "min-births-per-minute",
            Shapes.whole(1, MOST_PER_MINUTE),
            "How many zombies of its parent the service must have seen come in the last minute.");
    private static final Key<Integer> MAX_ROOM = optional(
            "max-room",
            Shapes.percent(1, 99, "20%"),
            "The share of the tightest PID limit that may be left: of the parent's cgroups and the machine.");
    private static final Key<Match> MATCH = optional(
            "match",
            Section.of(COMMAND, EXECUTABLE, USER, UNIT, ENGINE, POD, CAUSE, MIN_AGE, MIN_COUNT, MIN_BIRTHS, MAX_ROOM)
                    .map(PolicyKeys::match),
            "Which zombies the rule is for. All conditions must hold; of a list, one entry. Without this key:"
                    + " every zombie that is a minute old.");

    // When a rule acts.
    private static final Key<List<DayOfWeek>> DAYS =
            optional("days", Shapes.several(Shapes.word(days())), "On which days it begins. Default: every day.");
    private static final Key<LocalTime> FROM =
            required("from", Shapes.clock(), "When it begins, in local time, between quotes: \"22:00\".");
    private static final Key<LocalTime> TO = required(
            "to", Shapes.clock(), "When it ends, between quotes. If this is not after from, then on the next day.");
    private static final Key<Schedule> SCHEDULE = optional(
            "schedule",
            Section.of(DAYS, FROM, TO).map(PolicyKeys::schedule),
            "When the rule acts. At other times it reports. Default: always.");

    // A rule.
    private static final Key<String> NAME =
            required("name", Shapes.text("a name"), "A name for the record. No other rule has it.");
    private static final Key<List<Action>> STEPS = optional(
            "steps",
            new Checked<>(Shapes.several(Shapes.word(Action.class)), PolicyKeys::steps),
            "What to do, in this order, until the zombie is gone: report; nudge sends SIGCHLD to the parent; adopt"
                    + " gives the zombie to the init that would inherit it; reap reaps it. Default: report.");
    private static final Key<Duration> PAUSE = optional(
            "pause",
            Shapes.time(TICK, YEAR, "10s"),
            "The time from one step to the next, and from one SIGCHLD for a parent to the next. Default: 10s.");
    private static final Key<Integer> LIMIT = optional(
            "limit-per-minute",
            Shapes.whole(1, MOST_PER_MINUTE),
            "The most steps in a minute: a zombie adopted or reaped, or a parent nudged. Default: 600.");
    private static final Key<Boolean> DRY_RUN =
            optional("dry-run", Shapes.flag(), "Only ask the kernel module what each step would do. Default: false.");
    private static final Section RULE = Section.of(NAME, MATCH, STEPS, PAUSE, LIMIT, SCHEDULE, DRY_RUN);
    private static final Key<List<Rule>> RULES = optional(
            "rules",
            new Checked<>(Shapes.list(RULE), (sections, node, problems) -> rules(sections, problems)),
            "What to do about which zombies. The first rule that fits a zombie counts. Without this key the service"
                    + " reports every zombie that is a minute old.");

    /** The whole file. */
    static final Shape<Policy> FILE = Section.of(
                    VERSION, MODE, SCAN, PROTECT, EMERGENCY, MetricsKeys.METRICS, STATUS_PAGE, RULES)
            .map(PolicyKeys::policy);

    private PolicyKeys() {}

    private static Policy policy(Section.Values values) {
        Policy builtIn = Policy.builtIn();
        return new Policy(
                MODE.in(values).orElse(builtIn.mode()),
                SCAN.in(values).orElse(builtIn.pace()),
                PROTECT.in(values).orElse(builtIn.protection()),
                EMERGENCY.in(values).orElse(builtIn.emergency()),
                MetricsKeys.METRICS.in(values),
                STATUS_PAGE.in(values),
                RULES.in(values).orElse(builtIn.rules()));
    }

    private static Optional<Pace> pace(Section.Values values, Node node, Problems problems) {
        Pace pace = new Pace(
                FASTEST.in(values).orElse(Pace.DEFAULT.fastest()),
                SLOWEST.in(values).orElse(Pace.DEFAULT.slowest()));
        if (pace.fastest().compareTo(pace.slowest()) > 0) {
            problems.add(node, "'fastest' is more than 'slowest'");
            return Optional.empty();
        }
        return Optional.of(pace);
    }

    private static List<Glob> globs(Key<List<Glob>> key, Section.Values values) {
        return key.in(values).orElse(List.of());
    }

    private static Match match(Section.Values values) {
        return new Match(
                globs(COMMAND, values),
                globs(EXECUTABLE, values),
                globs(USER, values),
                globs(UNIT, values),
                new HashSet<>(ENGINE.in(values).orElse(List.of())),
                globs(POD, values),
                new HashSet<>(CAUSE.in(values).orElse(List.of())),
                MIN_AGE.in(values).orElse(Match.DEFAULT_MIN_AGE),
                MIN_COUNT.in(values).orElse(Match.ANY.minCount()),
                MIN_BIRTHS.in(values).orElse(Match.ANY.minBirthsPerMinute()),
                MAX_ROOM.in(values).map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private static Map<String, DayOfWeek> days() {
        Map<String, DayOfWeek> days = new LinkedHashMap<>();
        Stream.of(DayOfWeek.values())
                .forEach(day -> days.put(day.name().substring(0, DAY_LETTERS).toLowerCase(Locale.ROOT), day));
        return days;
    }

    /** If a time is not there, that is a problem already. */
    private static Schedule schedule(Section.Values values) {
        return new Schedule(
                new HashSet<>(DAYS.in(values).orElse(List.of(DayOfWeek.values()))),
                FROM.in(values).orElse(LocalTime.MIN),
                TO.in(values).orElse(LocalTime.MIN));
    }

    private static Optional<List<Action>> steps(List<Action> steps, Node node, Problems problems) {
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).compareTo(steps.get(i - 1)) <= 0) {
                problems.add(
                        node,
                        "'" + steps.get(i).word() + "' comes after '"
                                + steps.get(i - 1).word() + "'; the gentlest step comes first: report, nudge, adopt,"
                                + " reap");
                return Optional.empty();
            }
        }
        return Optional.of(steps);
    }

    private static Optional<List<Rule>> rules(List<Section.Values> sections, Problems problems) {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section.Values section : sections) {
            String name = NAME.in(section).orElse("");
            if (name.equals(EMERGENCY.name())) {
                problems.add(section.node(), "no rule may have the name 'emergency'; the record uses it");
            } else if (!names.add(name) && !name.isEmpty()) {
                problems.add(section.node(), "another rule has the name " + Described.quoted(name) + " too");
            }
            rules.add(rule(name, section));
        }
        return Optional.of(rules);
    }

    private static Rule rule(String name, Section.Values values) {
        return new Rule(
                name,
                MATCH.in(values).orElse(Match.ANY),
                STEPS.in(values).orElse(Rule.DEFAULT_STEPS),
                PAUSE.in(values).orElse(Rule.DEFAULT_PAUSE),
                LIMIT.in(values).orElse(Rule.DEFAULT_LIMIT),
                SCHEDULE.in(values).orElse(Schedule.ALWAYS),
                DRY_RUN.in(values).orElse(false));
    }
}
