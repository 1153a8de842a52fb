"""Each hostile input in a small city of its own, and all that were taken in one.

    python -m tests.hostile.trial

tells for each class how many were refused, and which took the most time. CPU seconds of a machine
are no test; what came out last stands in docs/threat-model.md.
"""

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from partnership.model.problems import Problem
from tests.helpers import checked, city_with
from tests.hostile.inputs import Input, every, with_logo


class Result(NamedTuple):
    """What the check says of an input, and the CPU seconds it took beyond the city alone."""

    input: Input
    problems: tuple[Problem, ...]
    seconds: float


def results(folder: Path, kind: str | None = None) -> Iterator[Result]:
    """Every input, or those of a class, each beside the files of the small city."""
    for number, each in enumerate(every()):
        if kind in (None, each.kind):
            city = city_with(folder / str(number), with_logo(each))
            before = time.process_time()
            found = checked(city).problems
            yield Result(each, tuple(found), time.process_time() - before)


def taken(folder: Path) -> dict[str, str | bytes]:
    """The files of every input that the check takes."""
    return {
        path: content
        for result in results(folder)
        if not result.problems
        for path, content in with_logo(result.input).items()
    }


def _main() -> None:
    told: dict[str, list[Result]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / "leer"
        checked(city_with(alone, {}))  # what is read once is read here
        begun = time.process_time()
        checked(city_with(alone, {}))
        idle = time.process_time() - begun
        for result in results(Path(folder)):
            told[result.input.kind].append(result)
    for kind, found in told.items():
        slowest = max(found, key=lambda each: each.seconds)
        refused = sum(bool(each.problems) for each in found)
        sys.stdout.write(
            f"{kind}: {len(found)} inputs, {refused} refused, slowest"
            f" {max(slowest.seconds - idle, 0):.2f} s ({slowest.input.content[:60]!r})\n"
        )
    total = sum(map(len, told.values()))
    sys.stdout.write(f"{total} inputs; the city alone takes {idle:.2f} s\n")


if __name__ == "__main__":
    _main()
