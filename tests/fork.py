"""Every test once more where another city is the repository's own, as in a fork: `make forks`.

What a fork shares with us stays (code, prose pages, catalogues); what tells of our city goes. Two
cities take its place, each in a copy of what is committed here: one that `init` has just written,
without a member, and Musterstadt, with a hundred and a name that the tests know as well.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from partnership.cli import main
from tests.conftest import DEMO_CITY, ROOT
from tests.sites import git

# Of `data/` and `content/` these are one city's; all else comes along, unless the city has a file
# of the same name.
OWN = (
    "members",
    "content/aktuelles",
    "content/dateien",
    "data/veranstaltungen",
    "data/vertraulich",
    "data/partnerschaft.yml",
    "data/jahressummen.yml",
    "data/barrierefreiheit.yml",
    "data/stadtbezirke.yml",
    "data/stadtbezirke.geojson",
)
SHARED = "content/aktuelles/index.md"


def fork(city: Path, folder: Path) -> None:
    """Copy the repository into `folder` and make `city` the one it is about."""
    subprocess.run(["git", "clone", "-q", ROOT, folder], check=True)
    for name in OWN:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    git(folder, "checkout", "-q", "--", SHARED)
    for name in ("content", "data", "members"):
        shutil.copytree(city / name, folder / name, dirs_exist_ok=True)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Another city")


def tested(folder: Path, options: list[str]) -> bool:
    """Whether every test holds in a fork; it has our environment, but code and sites of its own."""
    env = {key: value for key, value in os.environ.items() if key != "TEST_SITES"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=folder,
        env=env | {"PYTHONPATH": str(folder / "hooks")},
        check=False,
    )
    return done.returncode == 0


def every(options: list[str]) -> bool:
    """Whether every test holds in both forks; pytest is run with the `options`."""
    with TemporaryDirectory() as place:
        new = Path(place) / "neu"
        main(["init", str(new), "--stadt", "Beispielhausen"])
        sound = []
        for name, city in (("beispielhausen", new), ("musterstadt", DEMO_CITY)):
            fork(city, Path(place) / name)
            sound.append(tested(Path(place) / name, options))
        return all(sound)


if __name__ == "__main__":
    sys.exit(not every(sys.argv[1:]))
