# SPDX-License-Identifier: Apache-2.0
"""What runs have found, as rows of tables: a run adds its rows in target/results, a person keeps them in docs/results.

A kind of results is a file KIND.tsv; the one in docs/results has the columns. `date` and `commit` say when a run was
and of which sources, with + behind the commit if they had been changed since.
"""

import csv
import datetime
import os
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from lib import kernels
from lib.errors import HarnessError

TREE = Path(__file__).resolve().parent.parent.parent
KEPT = TREE / "docs" / "results"
NEW = TREE / "target" / "results"
UNKNOWN = "-"

Row = dict[str, str]


def kinds() -> list[str]:
    """All kinds of results."""
    return sorted(path.stem for path in KEPT.glob("*.tsv"))


def parse(text: str) -> list[Row]:
    """The rows of a file; lines with # are comments."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def columns(kind: str) -> list[str]:
    """The columns of this kind of results."""
    header = next(line for line in (KEPT / f"{kind}.tsv").read_text().splitlines() if not line.startswith("#"))
    return header.split("\t")


def add(kind: str, rows: Iterable[Row]) -> None:
    """Adds rows of a run that has just ended. Cells that are not given are unknown."""
    names = columns(kind)
    run = {"date": datetime.date.today().isoformat(), "commit": _commit()}
    lines = []
    for row in rows:
        cells = run | row
        if unknown := set(cells) - set(names):
            raise HarnessError(f"results of {kind} have no column {', '.join(sorted(unknown))}")
        lines.append("\t".join(" ".join(cells.get(name, UNKNOWN).split()) or UNKNOWN for name in names))
    if lines:
        NEW.mkdir(parents=True, exist_ok=True)
        with open(NEW / f"{kind}.tsv", "a") as file:
            file.write("".join(f"{line}\n" for line in lines))


def keep(kind: str) -> int:
    """Moves the rows of runs to those that are kept; tells how many."""
    new = NEW / f"{kind}.tsv"
    if not new.exists():
        return 0
    text = new.read_text()
    with open(KEPT / f"{kind}.tsv", "a") as file:
        file.write(text)
    new.unlink()
    return text.count("\n")


def _commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=TREE, text=True, stdout=subprocess.PIPE).stdout.strip()

    commit = git("rev-parse", "--short=7", "HEAD") or UNKNOWN
    return commit + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")


def kernel() -> str:
    """The kernel that runs with guests use: the environment's, else the default."""
    return kernels.find(os.environ.get("ZREAP_KERNEL") or None).name


def storms(output: str, command: str) -> list[Row]:
    """A row for each storm of `make storm`."""
    limit = re.search(r"--(?:count|seconds)[ =]\d+", command)
    line = (
        r"^(ok|not ok) \d+ - (\w+) # seed=(\d+) zombies=(\d+) by zreap=(\d+) by parents=(\d+) refused=(\d+) ms=(\d+)$"
    )
    names = ("verdict", "storm", "seed", "zombies", "by_zreap", "by_parents", "refused")
    return [
        {"kernel": kernel(), "limit": limit[0].replace("=", " ") if limit else "--seconds 20"}
        | dict(zip(names, cells)) | {"seconds": f"{int(ms) / 1000:.0f}"}
        for *cells, ms in re.findall(line, output, re.MULTILINE)
    ]


def latency(output: str, command: str) -> list[Row]:
    """A row for each line of latency_bench."""
    zombies = re.search(r"^(\d+) zombies of one parent$", output, re.MULTILINE)
    hold = re.search(r"^longest hold of tasklist_lock: (\d+) ns$", output, re.MULTILINE)
    run = {
        "kernel": kernel(),
        "zombies": zombies[1] if zombies else UNKNOWN,
        "longest_hold_ms": f"{int(hold[1]) / 1e6:.2f}" if hold else UNKNOWN,
    }
    line = r"^(\S.*?) +(\d+) ms +(\d+) samples  p50 +([\d.]+) ms  p99 +([\d.]+) ms  max +([\d.]+) ms$"
    names = ("meanwhile", "ms", "samples", "p50_ms", "p99_ms", "max_ms")
    return [run | dict(zip(names, cells)) for cells in re.findall(line, output, re.MULTILINE)]


def jiangshi(output: str, command: str) -> list[Row]:
    """A row for each line of jiangshi_bench."""
    line = r"^(\S.*?) +([\d.]+) us without +([\d.]+) us with .*\(([+-][\d.]+) %\)$"
    names = ("what", "without", "with", "more_percent")
    return [
        {"kernel": kernel(), "unit": "µs"} | dict(zip(names, cells))
        for cells in re.findall(line, output, re.MULTILINE)
    ]


def serve(output: str, command: str) -> list[Row]:
    """One row for one run of scripts/guest/serve-bench."""
    line = (
        r"^tasks=(\d+) zombies=(\d+) parents=(\d+)$[\s\S]*"
        r"^then: scans=(\d+) service=([\d.]+)s cats=(\d+) cat=([\d.]+)s times=([\d.]+) rss=(\d+)kB$"
    )
    names = ("tasks", "zombies", "parents", "scans", "service_s", "cats", "cat_s", "times", "rss_kib")
    return [{"kernel": kernel()} | dict(zip(names, cells)) for cells in re.findall(line, output, re.MULTILINE)]


def foreign(output: str, command: str) -> list[Row]:
    """One row for one run of scripts/foreign or scripts/guest/stress-zombies."""
    lines = re.findall(r"^(ok|not ok) \d+ - (.*?) # (.*)$", output, re.MULTILINE)
    told = {"zreap was busy meanwhile": "busy: ", "its zombies are reaped": "reaped: "}
    return [{
        "kernel": kernel(),
        "run": "stress-ng" if "stress-zombies" in command else "selftests",
        "passed": str(sum(1 for verdict, _, _ in lines if verdict == "ok")),
        "failed": str(sum(1 for verdict, _, _ in lines if verdict != "ok")),
        "told": "; ".join(told[name] + remark for _, name, remark in lines if name in told),
    }] if lines else []


def mutation(output: str, command: str) -> list[Row]:
    """A row for each package of scripts/mutation."""
    line = r"^(?:ok|not ok) \d+ - (\w+) (\S+) # mutants=(\d+) killed=(\d+) timed_out=(\d+) score=([\d.]+)"
    names = ("group", "package", "mutants", "killed", "timed_out", "score")
    return [dict(zip(names, cells)) for cells in re.findall(line, output, re.MULTILINE)]


PARSERS: dict[str, Callable[[str, str], list[Row]]] = {
    "storms": storms, "latency": latency, "jiangshi": jiangshi, "foreign": foreign,
    "mutation": mutation, "serve": serve,
}
