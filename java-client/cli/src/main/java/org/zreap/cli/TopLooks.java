// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zreap.CommandName;
import org.zreap.ProcessIdentity;
import org.zreap.Zombie;
import org.zreap.Zreap;
import org.zreap.ZreapException;
import org.zreap.diagnosis.Container;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.Finding;
import org.zreap.diagnosis.LivingProcess;
import org.zreap.diagnosis.Placement;
import org.zreap.diagnosis.TaskLimit;
import org.zreap.internal.Births;
import org.zreap.internal.Durations;
import org.zreap.internal.proc.ProcStat;
import org.zreap.json.JsonFields;
import org.zreap.remedy.Ladder;
import org.zreap.remedy.LadderReport;
import org.zreap.serve.watch.BirthRates;
import org.zreap.serve.watch.Trend;

/** What {@code zreap top} sees on this machine. */
final class TopLooks implements TopSource {

    /** The parents with the most zombies, of which it reads limits and places. */
    private static final int KNOWN_PARENTS = 64;

    /** A look finds out no more causes than this: each may take long. */
    private static final int NEW_CAUSES = 4;

    /** Of how many zombies of a parent it finds out the cause. */
    private static final int DIAGNOSED = 500;

    private static final long CAUSE_NANOS = Duration.ofSeconds(30).toNanos();

    /** How long a zombie may take to go after a step. */
    private static final Duration PATIENCE =
            Durations.parse(FixCommand.PATIENCE).orElseThrow();

    /** The trend of a row: five minutes. */
    static final int TREND_STEPS = 20;

    private static final Duration TREND_STEP = Duration.ofSeconds(15);

    private final ZombieSource source;
    private final FilterOptions filter;
    private final boolean isWide;
    private final Places places;
    private final Diagnoser diagnoser;
    private final Trend<Long> trend = new Trend<>(TREND_STEPS, TREND_STEP, Integer.MAX_VALUE);
    private final Births births = new Births();
    private final BirthRates rates = new BirthRates();
    private final Map<ProcessIdentity, Cause> causes = new HashMap<>();
    private int causesLeft;

    /** A cause, and when it was found out. */
    private record Cause(Finding finding, long nanos) {}

    /**
     * Looks at this machine.
     *
     * @param source lists the zombies
     * @param filter selects among them
     * @param isWide whether it tells the container of each parent in detail
     */
    TopLooks(ZombieSource source, FilterOptions filter, boolean isWide) {
        this.source = source;
        this.filter = filter;
        this.isWide = isWide;
        this.places = source.places();
        this.diagnoser = places.diagnoser();
    }

    @Override
    public TopLook look() {
        ZombieSource.Seen seen = source.look();
        List<Zombie> zombies = filter.select(seen, () -> places);
        long now = System.nanoTime();
        rates.note(zombies, births.note(zombies), now);
        Map<Long, List<Zombie>> byParent = zombies.stream().collect(Collectors.groupingBy(Zombie::parentPid));
        trend.note(
                byParent.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().size())),
                now);
        Optional<TaskLimit> machine = diagnoser.taskLimitOfMachine();
        Map<Long, ProcessIdentity> identities = new HashMap<>();
        byParent.keySet().forEach(pid -> identity(pid).ifPresent(identity -> identities.put(pid, identity)));
        causes.keySet().retainAll(Set.copyOf(identities.values()));
        causesLeft = NEW_CAUSES;
        List<List<Zombie>> families = byParent.values().stream()
                .sorted(Comparator.comparingInt((List<Zombie> children) -> children.size())
                        .reversed())
                .toList();
        List<TopRow> rows = new ArrayList<>();
        for (List<Zombie> children : families) {
            Optional<ProcessIdentity> parent =
                    Optional.ofNullable(identities.get(children.get(0).parentPid()));
            rows.add(row(parent, children, seen, machine, rows.size() < KNOWN_PARENTS, now));
        }
        return new TopLook(zombies.size(), rows, machine, seen.note());
    }

    private TopRow row(
            Optional<ProcessIdentity> identity,
            List<Zombie> children,
            ZombieSource.Seen seen,
            Optional<TaskLimit> machine,
            boolean isKnown,
            long now) {
        long pid = children.get(0).parentPid();
        Optional<Placement> place = isKnown ? diagnoser.placement(children.get(0)) : Optional.empty();
        Optional<Finding> finding =
                isKnown ? identity.flatMap(parent -> finding(parent, children, seen, now)) : Optional.empty();
        return new TopRow(
                pid,
                identity,
                Cells.of(children.get(0).parentName()),
                children.size(),
                trend.of(pid),
                seen.fromKernel() ? OptionalInt.of(rates.perMinute(pid, now)) : OptionalInt.empty(),
                children.stream().flatMap(zombie -> zombie.age().stream()).max(Comparator.naturalOrder()),
                isKnown ? room(pid, machine) : OptionalInt.empty(),
                place.map(this::text).orElse(""),
                isWide ? Optional.of(detail(pid, isKnown)) : Optional.empty(),
                finding.map(TopLooks::word).orElse(""),
                finding.map(one -> one.now().text()).orElse(""));
    }

    private TopPlace detail(long pid, boolean isKnown) {
        return new TopPlace(
                places.cells(isKnown ? places.container(pid) : Optional.empty()),
                Cells.of(isKnown ? places.innerPid(pid) : OptionalLong.empty()));
    }

    private Optional<ProcessIdentity> identity(long pid) {
        return pid == 0 ? Optional.empty() : source.procFs().stat(pid).map(ProcStat::identity);
    }

    /** The cause of the zombie that is the oldest, as far as ages are known. */
    private Optional<Finding> finding(ProcessIdentity parent, List<Zombie> children, ZombieSource.Seen seen, long now) {
        Cause known = causes.get(parent);
        if (known == null || (now - known.nanos() > CAUSE_NANOS && causesLeft > 0)) {
            if (causesLeft == 0) {
                return Optional.empty();
            }
            causesLeft--;
            List<Zombie> oldest = children.stream()
                    .sorted(Comparator.comparing((Zombie zombie) -> zombie.age().orElse(Duration.ZERO))
                            .reversed())
                    .limit(DIAGNOSED)
                    .toList();
            known = new Cause(diagnoser.diagnose(oldest, seen.zombies()).get(0).finding(), now);
            causes.put(parent, known);
        }
        return Optional.of(known.finding());
    }

    private OptionalInt room(long pid, Optional<TaskLimit> machine) {
        return Stream.concat(machine.stream(), pid == 0 ? Stream.empty() : diagnoser.taskLimits(pid).stream())
                .mapToInt(TaskLimit::roomPercent)
                .min();
    }

    /** A process that may create a cgroup may give it any name. */
    private String text(Placement place) {
        Optional<Container> container = place.container();
        if (container.isPresent()) {
            return places.brief(container.get());
        }
        return CommandName.of(place.unit().orElse(place.cgroup())).toString();
    }

    private static String word(Finding finding) {
        return JsonFields.wordOf(finding.kind()) + (finding.isCertain() ? "" : "?");
    }

    @Override
    public List<String> explain(TopRow parent) {
        List<Zombie> all = source.look().zombies();
        return lines(out -> explain(parent, all, new ExplanationText(out, places)));
    }

    private void explain(TopRow parent, List<Zombie> all, ExplanationText explanation) {
        Optional<LivingProcess> process = parent.pid() == 0 ? Optional.empty() : diagnoser.living(parent.pid(), all);
        if (process.isPresent()) {
            explanation.print(process.get());
        } else {
            diagnoser
                    .diagnose(
                            all.stream()
                                    .filter(zombie -> zombie.parentPid() == parent.pid())
                                    .toList(),
                            all)
                    .forEach(explanation::print);
        }
    }

    @Override
    public void fix(TopRow parent, Consumer<String> line) {
        ProcessIdentity identity = parent.identity().orElseThrow();
        try (Zreap zreap = source.open()) {
            List<Zombie> zombies = zreap.zombies().stream()
                    .filter(NamedProcess.childrenOf(identity))
                    .toList();
            if (zombies.isEmpty()) {
                line.accept("It has no zombies any more.");
                return;
            }
            List<LadderReport> reports = Ladder.builder(zreap)
                    .nudge(PATIENCE)
                    .adoptByInit(PATIENCE)
                    .reap()
                    .build()
                    .climb(
                            zombies,
                            report -> lines(out -> FixReport.text(out).print(report))
                                    .forEach(line));
            reports.stream()
                    .flatMap(report -> report.failure().stream())
                    .map(ZreapException::getMessage)
                    .distinct()
                    .forEach(failure -> line.accept("failed: " + failure));
            line.accept(FixReport.sum(reports));
        }
    }

    private static List<String> lines(Consumer<PrintWriter> printer) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        printer.accept(out);
        out.flush();
        return text.toString().lines().toList();
    }
}
