# SPDX-License-Identifier: Apache-2.0
"""The queries of the rules for Prometheus and of the dashboard for Grafana."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

_DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
RULES = _DEPLOY / "prometheus" / "zreap.rules.yaml"
DASHBOARD = _DEPLOY / "grafana" / "zreap.json"

# What Grafana puts in the place of its variables.
_VARIABLES = {"$__rate_interval": "5m", "$instance": ".*"}
_METRIC = re.compile(r"\bzreap_[a-z_]+\b(?!:)")


@dataclass(frozen=True)
class Query:
    """One query, and where it stands."""

    place: str
    text: str

    def metrics(self) -> set[str]:
        """The metrics of zreap that it reads, without those that rules record."""
        return set(_METRIC.findall(re.sub(r"\w+:[\w:]+", "", self.text)))


def rules(kind: str) -> list[dict]:
    """The rules of a kind, `alert` or `record`."""
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return [rule for group in groups for rule in group["rules"] if kind in rule]


def of_rules(kind: str) -> list[Query]:
    """The queries of the rules of a kind."""
    return [Query(rule[kind], rule["expr"]) for rule in rules(kind)]


def of_dashboard() -> list[Query]:
    """The queries of the dashboard, as Prometheus gets them."""
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [Query(panel["title"], _filled(target["expr"])) for panel in panels for target in panel["targets"]]


def _filled(text: str) -> str:
    for name, value in _VARIABLES.items():
        text = text.replace(name, value)
    if "$" in text:
        raise ValueError(f"no value is known for a variable of: {text}")
    return text
