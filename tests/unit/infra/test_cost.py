"""The tables of docs/operations.md are what is computed, of what is counted."""

import re

import pytest

from infra import cost
from infra.package_contents import ROOT

DOCS = (ROOT / "docs" / "operations.md").read_text()


def test_the_documented_tables_are_the_computed_ones() -> None:
    told = re.search(r"<!-- python -m infra\.cost -->\n(.*)<!-- end -->", DOCS, re.DOTALL)
    assert told
    assert told[1] == cost.tables()


def test_placing_costs_what_the_tests_count() -> None:
    counted = (ROOT / "tests/integration/functions/orders/test_placing.py").read_text()
    assert "count.reads == 3 * styles + 4" in counted
    assert "count.writes == styles + 3 + doors" in counted
    placing = next(each for each in cost.PER_ORDER if each.what == "placing")
    assert (placing.reads, placing.writes) == (3 * 3 + 4, 3 + 3 + 1)


def test_cloud_armor_has_as_many_rules_as_are_charged() -> None:
    policy = (ROOT / "terraform/modules/load_balancer/main.tf").read_text()
    attacks = re.search(r"attacks = \{\n(.*?)\n  \}", policy, re.DOTALL)
    assert attacks
    fixed = len(re.findall(r"^  rule \{", policy, re.MULTILINE))
    rules = next(
        line
        for line in cost.bill(cost.SIZES[0])
        if "rules" in line.what and line.per == 1 and "Armor" in line.what
    )
    assert rules.quantity == fixed + len(attacks[1].splitlines())


@pytest.mark.parametrize("size", cost.SIZES, ids=lambda size: size.name)
def test_nothing_is_negative_and_more_orders_never_cost_less(size: cost.Size) -> None:
    lines = cost.bill(size)
    assert all(line.amount >= 0 for line in lines)
    cheaper = cost.bill(cost.SIZES[0])
    assert all(line.amount >= least.amount for line, least in zip(lines, cheaper, strict=True))


def test_every_command_of_the_operations_page_is_there() -> None:
    for name in set(re.findall(r"python -m ((?:infra|shared)[\w.]*\w)", DOCS)):
        assert (ROOT / f"{name.replace('.', '/')}.py").is_file(), name
    for path in set(re.findall(r"`((?:infra|terraform|tests)/[\w./-]+)`", DOCS)):
        assert (ROOT / path).exists(), path


def test_every_link_within_the_page_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line).lower().replace(" ", "-")
        for line in re.findall(r"^## (.*)$", DOCS, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([\w-]+)\)", DOCS)) == headings
