"""A table stands under the heading of its topic, without a word anywhere about its key."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from partnership.figures import crosstables
from partnership.figures.reckoning import Reckoning
from partnership.figures.tables import Topic
from partnership.site.views.statistics import Statistics
from tests.helpers import TODAY, partnership_with


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        ("members", "crossed_members"),
        ("measures", "crossed_measures"),
        ("commitment", "commitment"),
    ],
)
def test_a_new_table_lands_under_its_heading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, topic: Topic, heading: str
) -> None:
    assert topic in get_args(Topic)
    partnership = partnership_with(tmp_path)
    known = crosstables.tables(partnership, TODAY)
    new = replace(known[0], key="neue-tabelle", topic=topic, lead="Was hier steht.")
    monkeypatch.setattr(crosstables, "tables", lambda *_: (*known, new))
    shown = getattr(Statistics(Reckoning(partnership, TODAY)).page, heading)
    assert [(each.key, each.lead) for each in shown][-1] == ("neue-tabelle", "Was hier steht.")
