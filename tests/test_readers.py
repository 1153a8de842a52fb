"""No reader stumbles over what it is given, and nothing that it lets through can run."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.damage import damaged
from tests.fuzz.readers import CORPUS, READERS

# How many examples, in the order of what they cost.
TRIES = {
    "svg": 300,
    "answer": 100,
    "map": 100,
    "markdown": 100,
    "yaml": 40,
    "photo": 30,
    "document": 60,
    "package": 20,
    "workbook": 20,
}
KEPT = sorted(file for file in CORPUS.rglob("*") if file.is_file())


def seeds(name: str) -> Iterator[bytes]:
    """What `name` is known to read, or to have stumbled over once."""
    yield from (file.read_bytes() for file in KEPT if file.parent.name == name)


def test_every_reader_has_something_to_begin_with() -> None:
    assert {file.parent.name for file in KEPT} == set(READERS) == set(TRIES)


@pytest.mark.parametrize("name", READERS)
def test_what_was_kept_is_read_or_refused(name: str) -> None:
    for content in seeds(name):
        READERS[name](content)


@pytest.mark.parametrize("name", READERS)
def test_nothing_makes_a_reader_stumble(name: str) -> None:
    known = list(seeds(name))
    anything = st.one_of(
        st.sampled_from(known).flatmap(damaged), st.binary(max_size=300), st.text().map(str.encode)
    )

    @settings(
        max_examples=TRIES[name],
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(anything)
    def check(content: bytes) -> None:
        READERS[name](content)

    check()
