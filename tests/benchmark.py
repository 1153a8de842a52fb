"""What a build costs in a partnership of a hundred and of a thousand members: `make benchmark`.

Says the CPU time per member of both, and the ratio. As what every build needs however few members
there are (start, prose, catalogues) flatters the large one, the same is said once more without it:
a city with one member is taken off both. Sizes take turns, and the best of each counts, so that
whatever else the machine does disturbs the ratios little. Reports only; no test depends on time.
"""

import argparse
import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.make_city import make_city

SIZES = (1, 100, 1000)


def cpu_of_build(city: Path) -> float:
    """CPU seconds, user and system, of one strict build."""
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run([*command, "-f", city / "mkdocs.yml"], env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(folder: Path, sizes: Sequence[int], rounds: int) -> Mapping[int, float]:
    """The least CPU seconds of a build for each number of members."""
    for size in sizes:
        make_city(folder / str(size), size, seed=301)
    best: dict[int, float] = {}
    largest = max(sizes)
    for _ in range(rounds):
        # A short build is disturbed more easily, so it gets more chances.
        for size in [size for size in sizes if size != largest] * 3 + [largest]:
            best[size] = min(cpu_of_build(folder / str(size)), best.get(size, float("inf")))
    return best


def report(best: Mapping[int, float]) -> str:
    """The figures side by side."""
    one, small, large = sorted(best)
    lines = ["members   CPU   per member   per member without start"]
    alone = {size: (best[size] - best[one]) / (size - one) for size in (small, large)}
    lines += [
        f"{size:>7}{best[size]:5.1f} s"
        f"{best[size] / size * 1000:8.1f} ms{alone[size] * 1000:15.1f} ms"
        for size in (small, large)
    ]
    ratio = best[large] / large / (best[small] / small)
    lines.append(f"ratio{ratio:18.2f}{alone[large] / alone[small]:18.2f}\n")
    return "\n".join(lines)


def _main() -> None:
    parser = argparse.ArgumentParser(description="Measure what members cost a build.")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        sys.stdout.write(report(measure(Path(folder), SIZES, options.rounds)))


if __name__ == "__main__":
    _main()
