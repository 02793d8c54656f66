// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.zreap.CommandName;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.internal.Durations;
import org.zreap.json.JsonFields;
import org.zreap.json.JsonLines;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.Rule;
import org.zreap.serve.records.Entries;
import org.zreap.serve.records.RecordLine;
import org.zreap.serve.watch.Look;

/** The status page as HTML, without a script and without anything from elsewhere. Stateless. */
final class StatusHtml {

    /** The style of the page, which stands in it. */
    static final String STYLE = style();

    private static final int MOST_LIMITS = 16;
    private static final int FULL = 100;

    private StatusHtml() {}

    private static String style() {
        try (InputStream file = StatusHtml.class.getResourceAsStream("status.css")) {
            if (file == null) {
                throw new IOException("status.css is not in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the page.
     *
     * @param host the name of this machine
     * @param seen what it shows
     * @param now the time of day
     */
    static String of(String host, Board.Snapshot seen, Instant now) {
        Html html = new Html();
        html.constant("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                """);
        html.element("title", "zreap on " + host);
        html.constant("<style>" + STYLE + "</style>\n</head>\n<body>\n");
        html.element("a", "Skip to the parents", "class", "skip", "href", "#parents");
        html.open("header").element("h1", "zreap on " + host);
        html.open("p").text("This page is of ");
        time(html, now);
        html.text(" and stands still. ")
                .element("a", "Load it again", "href", "/")
                .close("p");
        html.open("nav", "aria-label", "Sections").open("ul");
        for (String section : List.of("Parents", "Room for PIDs", "Last actions", "Last reports", "Policy")) {
            html.open("li").element("a", section, "href", "#" + id(section)).close("li");
        }
        html.close("ul").close("nav").close("header").constant("\n<main>\n");
        summary(html, seen);
        section(html, "Parents", () -> parents(html, seen));
        section(html, "Room for PIDs", () -> room(html, seen));
        section(html, "Last actions", () -> actions(html, seen.actions()));
        section(html, "Last reports", () -> notes(html, seen.notes()));
        section(html, "Policy", () -> policy(html, seen.look().map(Look::policy)));
        html.constant("</main>\n</body>\n</html>\n");
        return html.toString();
    }

    private static String id(String section) {
        return section.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static void section(Html html, String title, Runnable content) {
        String heading = id(title) + "-heading";
        html.open("section", "id", id(title), "tabindex", "-1", "aria-labelledby", heading);
        html.element("h2", title, "id", heading);
        content.run();
        html.close("section").constant("\n");
    }

    private static void summary(Html html, Board.Snapshot seen) {
        seen.outage()
                .ifPresent(why -> html.element("p", "The zombies cannot be listed now: " + why, "class", "warning"));
        if (seen.look().isEmpty()) {
            html.element("p", "zreap has not looked yet.");
            return;
        }
        Look look = seen.look().get();
        html.open("dl", "class", "summary");
        fact(html, "Zombies", Integer.toString(look.zombies()));
        fact(html, "Parents", Integer.toString(look.families().size()));
        fact(html, "Taken since the start", Long.toString(look.taken()));
        fact(html, "Mode", look.policy().mode().word());
        html.open("div").element("dt", "Last look").open("dd");
        time(html, look.time());
        html.close("dd").close("div").close("dl").constant("\n");
    }

    private static void fact(Html html, String name, String value) {
        html.open("div").element("dt", name).element("dd", value).close("div");
    }

    private static void time(Html html, Instant time) {
        String text = time.truncatedTo(ChronoUnit.SECONDS).toString();
        html.element("time", text.replace('T', ' ').replace("Z", " UTC"), "datetime", text);
    }

    private static void parents(Html html, Board.Snapshot seen) {
        if (seen.parents().isEmpty()) {
            html.element("p", "No process has had zombies since this page is served.");
            return;
        }
        table(
                html,
                "Parents of zombies now and in the last day, those with the most first. A plot begins 24 hours ago and"
                        + " ends now; it is empty where nobody looked.",
                List.of("Parent", "Zombies", "Last day", "A minute", "Oldest", "Room", "Where", "Cause"));
        int number = 0;
        for (Board.ParentDay one : seen.parents()) {
            Entries.Parent parent = one.parent();
            Optional<Entries.Crowd> crowd = one.now().map(Look.Parent::crowd);
            String title = title(parent);
            int zombies = crowd.map(Entries.Crowd::zombies).orElse(0);
            int most = Math.max(zombies, Board.most(one.day()));
            String plot = "plot-" + number++;
            row(
                    html,
                    head(html, "Parent", title),
                    cell(html, "Zombies", Integer.toString(zombies)),
                    new Cell("Last day", false, () -> {
                        Plot.write(
                                html,
                                plot,
                                "Zombies of " + title + " over the last day: at most " + most + ", now " + zombies,
                                one.day(),
                                Math.max(1, most));
                        html.element("span", "at most " + most, "class", "most", "aria-hidden", "true");
                    }),
                    cell(
                            html,
                            "A minute",
                            crowd.map(now -> "+" + now.birthsPerMinute()).orElse("-")),
                    cell(
                            html,
                            "Oldest",
                            crowd.flatMap(Entries.Crowd::oldest)
                                    .map(StatusHtml::age)
                                    .orElse("-")),
                    cell(
                            html,
                            "Room",
                            crowd.filter(now -> now.roomPercent().isPresent())
                                    .map(now -> now.roomPercent().getAsInt() + "%")
                                    .orElse("-")),
                    cell(
                            html,
                            "Where",
                            parent.placement().map(StatusHtml::where).orElse("-")),
                    cell(
                            html,
                            "Cause",
                            one.now()
                                    .flatMap(Look.Parent::finding)
                                    .map(StatusHtml::cause)
                                    .orElse("not asked for")));
        }
        html.constant("</tbody>").close("table");
        seen.look()
                .filter(look -> look.families().size() > look.worst().size())
                .ifPresent(look -> html.element(
                        "p",
                        (look.families().size() - look.worst().size())
                                + " more parents with no more zombies each are not in this list."));
    }

    private static String age(Duration age) {
        return Durations.text(age.truncatedTo(age.toMinutes() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS));
    }

    private static String title(Entries.Parent parent) {
        return parent.name().map(Object::toString).orElse("unknown") + " " + parent.pid();
    }

    private static String where(Placement place) {
        Optional<String> container = place.container().map(one -> one.engine().label() + " " + one.shortId());
        Optional<String> pod = place.container().flatMap(Container::podUid).map(uid -> "pod " + uid);
        List<String> parts = Stream.of(container, pod, place.unit())
                .flatMap(Optional::stream)
                .toList();
        return plain(parts.isEmpty() ? place.cgroup() : String.join(", ", parts));
    }

    /** A process that may create a cgroup may give it any name. */
    private static String plain(String text) {
        return CommandName.of(text).toString();
    }

    private static String cause(Finding finding) {
        return JsonFields.wordOf(finding.kind()) + (finding.isCertain() ? "" : ", perhaps");
    }

    private static void room(Html html, Board.Snapshot seen) {
        if (seen.machine().stream().anyMatch(OptionalInt::isPresent)) {
            machine(html, seen.machine());
        }
        List<TaskLimit> limits = seen.look().map(Look::limits).orElse(List.of()).stream()
                .filter(limit -> limit.max().isPresent())
                .sorted(Comparator.comparingInt(TaskLimit::roomPercent))
                .limit(MOST_LIMITS)
                .toList();
        if (limits.isEmpty()) {
            html.element("p", "No limit of PIDs is known.");
            return;
        }
        table(html, "Limits of PIDs, the tightest first", List.of("Limit", "In use", "Of", "Left"));
        for (TaskLimit limit : limits) {
            row(
                    html,
                    head(html, "Limit", limit.cgroup().map(StatusHtml::plain).orElse("the machine")),
                    cell(html, "In use", Long.toString(limit.current())),
                    cell(html, "Of", Long.toString(limit.max().orElseThrow())),
                    cell(html, "Left", limit.room() + " (" + limit.roomPercent() + "%)"));
        }
        html.constant("</tbody>").close("table");
    }

    private static void machine(Html html, List<OptionalInt> used) {
        int most = Board.most(used);
        html.open("figure");
        Plot.write(
                html,
                "plot-machine",
                "Use of the machine's limit of PIDs over the last day: at most " + most + "%",
                used,
                FULL);
        html.element(
                "figcaption",
                "Use of the machine's limit of PIDs, from 24 hours ago to now, at most " + most
                        + "%. The upper edge is 100%.");
        html.close("figure");
    }

    private static void actions(Html html, List<Board.Action> actions) {
        if (actions.isEmpty()) {
            html.element("p", "zreap has taken no step since it started.");
            return;
        }
        html.open("ol", "class", "actions");
        for (Board.Action action : actions) {
            Entries.Step step = action.last();
            html.open("li").open("p");
            time(html, step.time());
            html.text(" ").element("strong", step.step() + (step.dryRun() ? " (dry run)" : ""));
            html.text(" of " + (action.count() == 1 ? "" : action.count() + " zombies, the last one ")
                    + step.zombie().name() + " " + step.zombie().pid() + ", child of " + title(step.parent())
                    + ": " + step.explanation() + ". Rule: " + step.rule() + ".");
            html.close("p");
            step.finding().ifPresent(finding -> evidence(html, finding));
            html.close("li");
        }
        html.close("ol");
    }

    private static void evidence(Html html, Finding finding) {
        html.open("details").element("summary", "Cause: " + finding.cause());
        html.open("ul");
        finding.evidence().forEach(line -> html.element("li", line));
        finding.alternatives()
                .forEach(other ->
                        html.element("li", "perhaps " + other.cause() + "; this decides: " + other.decidedBy()));
        html.close("ul").close("details");
    }

    private static void notes(Html html, List<JsonLines.Body> notes) {
        List<RecordLine> lines =
                notes.stream().flatMap(note -> line(note).stream()).toList();
        if (lines.isEmpty()) {
            html.element("p", "There is none since the service started.");
            return;
        }
        html.open("ol", "class", "actions");
        for (RecordLine line : lines) {
            html.open("li");
            time(html, line.time());
            html.text(" ")
                    .element(
                            "strong",
                            line.text("event").or(() -> line.text("type")).orElse(""));
            List<String> parts = new ArrayList<>();
            line.text("cgroup").ifPresent(parts::add);
            line.text("parent", "name")
                    .ifPresent(name ->
                            parts.add(name + " " + line.text("parent", "pid").orElse("")));
            line.number("zombies").ifPresent(zombies -> parts.add("zombies: " + zombies));
            line.text("text").ifPresent(parts::add);
            line.text("rule").ifPresent(rule -> parts.add("rule: " + rule));
            html.text(" " + String.join("; ", parts)).close("li");
        }
        html.close("ol");
    }

    private static Optional<RecordLine> line(JsonLines.Body note) {
        StringWriter text = new StringWriter();
        new JsonLines(new PrintWriter(text)).print(note);
        return RecordLine.parse(text.toString().strip());
    }

    private static void policy(Html html, Optional<Policy> policy) {
        if (policy.isEmpty()) {
            html.element("p", "zreap has not looked yet.");
            return;
        }
        html.open("dl", "class", "policy");
        for (Map.Entry<String, String> value : PolicyText.whole(policy.get()).entrySet()) {
            fact(html, value.getKey(), value.getValue());
        }
        html.close("dl");
        table(html, "Rules; the first one that fits a zombie counts", List.of("Rule", "Match", "Steps", "Limits"));
        for (Rule rule : policy.get().rules()) {
            row(
                    html,
                    head(html, "Rule", rule.name()),
                    cell(html, "Match", PolicyText.match(rule.match())),
                    cell(html, "Steps", PolicyText.steps(rule)),
                    cell(html, "Limits", PolicyText.limits(rule)));
        }
        html.constant("</tbody>").close("table");
    }

    /** A cell of a table: on a narrow screen its label stands beside it. */
    private record Cell(String label, boolean isHead, Runnable content) {}

    private static Cell cell(Html html, String label, String text) {
        return new Cell(label, false, () -> html.text(text));
    }

    private static Cell head(Html html, String label, String text) {
        return new Cell(label, true, () -> html.text(text));
    }

    /** The roles keep the meaning of a table where the style shows its rows as blocks. */
    private static void table(Html html, String caption, List<String> headings) {
        html.open("table", "role", "table").element("caption", caption);
        html.constant("<thead role=\"rowgroup\">").open("tr", "role", "row");
        headings.forEach(heading -> html.element("th", heading, "role", "columnheader", "scope", "col"));
        html.close("tr").constant("</thead><tbody role=\"rowgroup\">\n");
    }

    private static void row(Html html, Cell... cells) {
        html.open("tr", "role", "row");
        for (Cell cell : cells) {
            if (cell.isHead()) {
                html.open("th", "role", "rowheader", "scope", "row");
            } else {
                html.open("td", "role", "cell", "data-label", cell.label());
            }
            cell.content().run();
            html.close(cell.isHead() ? "th" : "td");
        }
        html.close("tr").constant("\n");
    }
}
