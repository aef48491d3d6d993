"""What SAP publishes to is registered in infra/functions.json, and the desk knows each topic of it."""

import re
from pathlib import Path

from infra.functions import FUNCTIONS
from shared.event.dead_letters import TOPICS as LOOKED_AT

REGISTERED = sorted(one.topic for one in FUNCTIONS.values() if one.topic)
FILTERS = Path(__file__).parents[3] / "web" / "src" / "features" / "desk" / "search.ts"


def test_dead_letters_of_every_topic_are_looked_at() -> None:
    assert sorted(LOOKED_AT) == REGISTERED


def test_the_desk_can_show_what_came_by_one_topic() -> None:
    listed = re.search(r"export const TOPICS = \[([^]]*)\]", FILTERS.read_text())
    assert listed is not None
    assert sorted(re.findall(r'"([^"]+)"', listed[1])) == REGISTERED
