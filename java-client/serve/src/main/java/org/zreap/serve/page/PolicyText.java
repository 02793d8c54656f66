// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.zreap.internal.Durations;
import org.zreap.json.JsonFields;
import org.zreap.serve.policy.Action;
import org.zreap.serve.policy.Emergency;
import org.zreap.serve.policy.Match;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.Protection;
import org.zreap.serve.policy.Rule;
import org.zreap.serve.policy.Schedule;

/** A policy in words, with the keys of its file. Stateless. */
final class PolicyText {

    private PolicyText() {}

    /** What holds for the whole policy: a value for each key. */
    static Map<String, String> whole(Policy policy) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("mode", policy.mode().word());
        values.put(
                "scan",
                "fastest " + Durations.text(policy.pace().fastest()) + ", slowest "
                        + Durations.text(policy.pace().slowest()));
        values.put("protect", protection(policy.protection()));
        values.put("emergency", emergency(policy.emergency()));
        return values;
    }

    private static String protection(Protection protection) {
        List<String> parts = new ArrayList<>();
        add(parts, "commands", protection.commands());
        add(parts, "units", protection.units());
        add(parts, "users", protection.users());
        return parts.isEmpty() ? "nobody" : String.join("; ", parts);
    }

    private static String emergency(Emergency emergency) {
        return "above " + emergency.above() + "%: "
                + (emergency.acts()
                        ? "sweep zombies that are at least " + Durations.text(emergency.minAge()) + " old"
                        : "report");
    }

    /** Which zombies a rule is for. */
    static String match(Match match) {
        List<String> parts = new ArrayList<>();
        add(parts, "command", match.commands());
        add(parts, "executable", match.executables());
        add(parts, "user", match.users());
        add(parts, "unit", match.units());
        add(parts, "engine", words(match.engines()));
        add(parts, "pod", match.pods());
        add(parts, "cause", words(match.causes()));
        parts.add("min-age " + Durations.text(match.minAge()));
        if (match.minCount() > 1) {
            parts.add("min-count " + match.minCount());
        }
        if (match.minBirthsPerMinute() > 0) {
            parts.add("min-births-per-minute " + match.minBirthsPerMinute());
        }
        match.maxRoom().ifPresent(room -> parts.add("max-room " + room + "%"));
        return String.join("; ", parts);
    }

    /** What a rule does. */
    static String steps(Rule rule) {
        String steps = rule.steps().stream().map(Action::word).collect(Collectors.joining(", "));
        return steps + (rule.dryRun() ? " (dry run)" : "");
    }

    /** How fast and when a rule acts. */
    static String limits(Rule rule) {
        return "pause " + Durations.text(rule.pause()) + "; at most " + rule.limitPerMinute() + " a minute"
                + schedule(rule.schedule());
    }

    private static String schedule(Schedule schedule) {
        boolean isAlways =
                schedule.from().equals(schedule.to()) && schedule.days().size() == DayOfWeek.values().length;
        if (isAlways) {
            return "";
        }
        String days = schedule.days().stream()
                .sorted()
                .map(day -> JsonFields.wordOf(day).substring(0, 3))
                .collect(Collectors.joining(", "));
        return "; " + days + " from " + schedule.from() + " to " + schedule.to();
    }

    private static List<String> words(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(JsonFields::wordOf).sorted().toList();
    }

    private static void add(List<String> parts, String key, Collection<?> values) {
        if (!values.isEmpty()) {
            parts.add(key + " " + values.stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
    }
}
