# SPDX-License-Identifier: Apache-2.0
"""Tables in pages, made from docs/results and from what the tests of the diagnosis expect.

They stand between two comments, of which the first names the table:

    <!-- results: NAME -->
    <!-- end of results -->
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from lib import kernels, parts, results
from lib.host import engines as host_engines
from lib.results import UNKNOWN, Row

_EXPECTED = results.TREE / "java-client" / "core" / "src" / "test" / "resources" / "org" / "zreap" / "diagnosis"

_PLACE = re.compile(r"(<!-- results: ([\w-]+) -->\n)(.*?)(<!-- end of results -->\n)", re.DOTALL)


def filled(page: str, read: Callable[[str], list[Row]]) -> str:
    """A page whose tables are made anew; `read` gives the rows of a kind of results."""
    def fill(place: re.Match) -> str:
        if place[2] not in TABLES:
            return f"{place[1]}There is no table {place[2]}.\n{place[4]}"
        kind, table = TABLES[place[2]]
        return place[1] + _markdown(table(read(kind))) + place[4]

    return _PLACE.sub(fill, page)


def file_of(kind: str) -> Path:
    """Where the rows of this kind are."""
    return (_EXPECTED if kind in ("captured", "findings") else results.KEPT) / f"{kind}.tsv"


def kept(kind: str) -> list[Row]:
    """The rows that the tree has."""
    return results.parse(file_of(kind).read_text())


def _markdown(rows: list[list[str]]) -> str:
    header, *body = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in [header, ["---"] * len(header), *body]).replace(" --- ", "---")


def _number(cell: str) -> str:
    return f"{int(cell):,}" if cell.isdecimal() else cell


def _grouped(rows: Iterable[Row], *names: str) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in names), []).append(row)
    return groups


def _by_kernel(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each kernel, in the order of scripts/kernels.tsv."""
    groups = {kernel: rows for (kernel,), rows in _grouped(rows, "kernel").items()}
    order = [kernel.name for kernel in kernels.all_kernels()]
    return dict(sorted(groups.items(), key=lambda group: order.index(group[0]) if group[0] in order else len(order)))


def _last_day(rows: list[Row]) -> list[Row]:
    last = max(row["date"] for row in rows)
    return [row for row in rows if row["date"] == last]


def storms(rows: list[Row]) -> list[list[str]]:
    """A row for each run of the last day on which a kernel had storms."""
    table = [["kernel", "date", "commit", "seed", "limit", "storms", "zombies", "by zreap", "seconds", "failed"]]
    for kernel, of_kernel in _by_kernel(rows).items():
        for key, run in _grouped(_last_day(of_kernel), "date", "commit", "seed", "limit").items():
            table.append([kernel, *key, *_storm_run(run)])
    return table


def _storm_run(run: list[Row]) -> list[str]:
    """What one run of storms has found. A row whose storm begins with `all` has totals, where only those are known."""
    single = [row for row in run if not row["storm"].startswith("all")]
    total = next((row for row in run if row not in single), None)
    names = [row["storm"] for row in single]
    told = ", ".join(names) if single else total["storm"]
    if len(single) == 9 and "memory" not in names:
        told = "all but memory"

    def sum_of(column: str) -> str:
        if total and total[column] != UNKNOWN:
            return _number(total[column])
        cells = [row[column] for row in single]
        return UNKNOWN if UNKNOWN in cells or not cells else f"{sum(map(int, cells)):,}"

    failed = [row["storm"] for row in run if row["verdict"] != "ok"]
    return [told, sum_of("zombies"), sum_of("by_zreap"), sum_of("seconds"), ", ".join(failed) or "none"]


def parts_by_kernel(rows: list[Row]) -> list[list[str]]:
    """How many tests of each part with guests passed when it was last run on a kernel."""
    names = [part.name for part in parts.all_parts() if part.needs != "-"]
    table = [["kernel", *names, "last run", "commit"]]
    for kernel, of_kernel in _by_kernel(row for row in rows if row["part"] in names).items():
        last = {row["part"]: row for row in of_kernel}
        newest = max(last.values(), key=lambda row: row["date"])
        cells = [_passed(last[name]) if name in last else UNKNOWN for name in names]
        table.append([kernel, *cells, newest["date"], newest["commit"]])
    return table


def _passed(row: Row) -> str:
    return row["passed"] if row["failed"] in ("0", UNKNOWN) else f"{row['passed']}, {row['failed']} failed"


def latency(rows: list[Row]) -> list[list[str]]:
    """The last day on each kernel: the medians of its rounds."""
    table = [["kernel", "date", "meanwhile", "rounds", "took", "p50", "p99", "max", "longest hold"]]
    names = ("ms", "p50_ms", "p99_ms", "max_ms", "longest_hold_ms")
    for kernel, of_kernel in _by_kernel(rows).items():
        for (date, meanwhile), rounds in _grouped(_last_day(of_kernel), "date", "meanwhile").items():
            times = (_with_unit(_median([row[name] for row in rounds]), "ms") for name in names)
            table.append([kernel, date, meanwhile, str(len(rounds)), *times])
    return table


def _median(cells: list[str]) -> str:
    """The cell in the middle; of an even number, the lower of the two."""
    return UNKNOWN if UNKNOWN in cells else sorted(cells, key=float)[(len(cells) - 1) // 2]


def _with_unit(cell: str, unit: str) -> str:
    return cell if cell == UNKNOWN else f"{_number(cell)} {unit}"


def jiangshi(rows: list[Row]) -> list[list[str]]:
    """The last run with each unit."""
    table = [["what", "unit", "without", "with", "more", "kernel", "date"]]
    for run in _grouped(rows, "unit").values():
        for row in {row["what"]: row for row in run}.values():
            more = _with_unit(row["more_percent"], "%")
            costs = (_number(row["without"]), _number(row["with"]), more)
            table.append([row["what"], row["unit"], *costs, row["kernel"], row["date"]])
    return table


def serve(rows: list[Row]) -> list[list[str]]:
    """The last run on each kernel."""
    names = ("kernel", "date", "commit", "tasks", "zombies", "scans", "service_s", "cats", "cat_s", "times", "rss_kib")
    table = [[*names[:6], "CPU time", "cats", "CPU time", "times each", "VmRSS"]]
    for of_kernel in _by_kernel(rows).values():
        last = of_kernel[-1]
        units = {"service_s": "s", "cat_s": "s", "rss_kib": "KiB"}
        table.append([_with_unit(last[name], units[name]) if name in units else _number(last[name])
                      if name in ("tasks", "zombies") else last[name] for name in names])
    return table


def foreign(rows: list[Row]) -> list[list[str]]:
    """The last run of each kind on each kernel."""
    table = [["kernel", "date", "commit", "run", "passed", "failed", "what it told"]]
    for kernel, of_kernel in _by_kernel(rows).items():
        for row in {row["run"]: row for row in of_kernel}.values():
            table.append([kernel, *(row[name] for name in ("date", "commit", "run", "passed", "failed", "told"))])
    return table


def hosts(rows: list[Row]) -> list[list[str]]:
    """The last run of each scenario."""
    names = ("scenario", "host", "date", "commit", "passed", "failed", "seconds", "told")
    last = {row["scenario"]: row for row in rows}
    return [[*names[:-1], "what it told"], *([row[name] for name in names] for row in last.values())]


def engines(rows: list[Row]) -> list[list[str]]:
    """The last run of each scenario with each engine: its tests, and how long it took."""
    trials = [trial.name for trial in host_engines.all_trials()]
    table = [["engine", *trials, "date", "commit", "version"]]
    for engine in host_engines.all_engines():
        last = {row["scenario"]: row for row in rows if row["engine"] == engine.name}
        if not last:
            table.append([engine.what, *["not run"] * len(trials), *[UNKNOWN] * 3])
            continue
        cells = [_tried(last[name]) if name in last else "not run" for name in trials]
        newest = max(last.values(), key=lambda row: row["date"])
        version = last[trials[0]]["told"] if trials[0] in last else UNKNOWN
        table.append([engine.what, *cells, newest["date"], newest["commit"], version])
    return table


def engine_scenarios(rows: list[Row]) -> list[list[str]]:
    """What each scenario shows."""
    return [["scenario", "what must hold"], *([trial.name, trial.what] for trial in host_engines.all_trials())]


def _tried(row: Row) -> str:
    tests = f"{row['passed']} passed" if row["failed"] == "0" else _passed(row)
    return tests if row["seconds"] == UNKNOWN else f"{tests}, {row['seconds']} s"


def images(rows: list[Row]) -> list[list[str]]:
    """The last run for each image."""
    names = ("image", "date", "commit", "packed", "unpacked", "seconds")
    last = {row["image"]: row | {size: _with_unit(row[size], "MB") for size in ("packed", "unpacked")} for row in rows}
    return [[*names], *([row[name] for name in names] for row in last.values())]


def mutation(rows: list[Row]) -> list[list[str]]:
    """The last run of each package."""
    names = ("group", "package", "date", "commit", "mutants", "killed", "score")
    last = {row["package"]: row | {"score": _with_unit(row["score"], "%")} for row in rows}
    return [[*names], *([row[name] for name in names] for row in last.values())]


def captured(rows: list[Row]) -> list[list[str]]:
    """The finding for each tree of real programs, before and now."""
    return _findings(rows, "tree", "where")


def made(rows: list[Row]) -> list[list[str]]:
    """The finding for each tree that was made by hand, before and now."""
    return _findings(rows, "case")


def _findings(rows: list[Row], *first: str) -> list[list[str]]:
    names = (*first, "zombie", "before", "finding", "certain")
    return [[*first, "how the zombie came", "before", "now", "certain or open"],
            *([row[name] for name in names] for row in rows)]


def faults_caught(rows: list[Row]) -> list[list[str]]:
    """The planted faults that a test caught."""
    return _faults(rows, "yes", ["fault", "place", "kernel", "caught by", "how it shows"])


def faults_missed(rows: list[Row]) -> list[list[str]]:
    """The planted faults that no test caught."""
    return _faults(rows, "no", ["fault", "place", "kernel", "tried", "why it is missed"])


def _faults(rows: list[Row], caught: str, header: list[str]) -> list[list[str]]:
    names = ("fault", "place", "kernel", "tried", "shows")
    return [header, *([row[name] for name in names] for row in rows if row["caught"] == caught)]


TABLES: dict[str, tuple[str, Callable[[list[Row]], list[list[str]]]]] = {
    "storms": ("storms", storms),
    "parts": ("parts", parts_by_kernel),
    "latency": ("latency", latency),
    "jiangshi": ("jiangshi", jiangshi),
    "serve": ("serve", serve),
    "foreign": ("foreign", foreign),
    "hosts": ("hosts", hosts),
    "engines": ("engines", engines),
    "engine-scenarios": ("engines", engine_scenarios),
    "images": ("images", images),
    "mutation": ("mutation", mutation),
    "captured": ("captured", captured),
    "made": ("findings", made),
    "faults-caught": ("planted-faults", faults_caught),
    "faults-missed": ("planted-faults", faults_missed),
}
