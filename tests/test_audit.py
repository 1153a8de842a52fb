"""The slow judges from outside, over built sites as a host serves them: `make audit`.

Each is asked where it is installed and skipped elsewhere: the Nu HTML checker as the command `vnu`
or as a jar named by VNU_JAR, Lighthouse as the command `lighthouse` with Chromium.
"""

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import pytest

from tests.browser.conftest import StrictHandler, served

pytestmark = pytest.mark.audit

RUNS = 5
PAGES = ("", "mitglieder/", "statistik/", "statistik/massnahmen/", "mitmachen/fragebogen/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# A machine that does other things at the same time costs points of speed.
LEAST: Mapping[str, float] = {"performance": 0.95}


class Compressing(StrictHandler):
    """Compresses texts, as static hosts do."""

    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in {".html", ".css", ".js", ".json", ".svg"} or not path.is_file():
            return super().do_GET()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


def checker() -> list[str]:
    if command := shutil.which("vnu"):
        return [command]
    jar = os.environ.get("VNU_JAR", "")
    if Path(jar).is_file() and (java := shutil.which("java")):
        return [java, "-jar", jar]
    pytest.skip("the Nu HTML checker is not installed")


@pytest.mark.parametrize("name", ["demo_site", "city_site", "demo_editing"])
def test_html_has_neither_errors_nor_warnings(name: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(name)
    command = checker()
    done = subprocess.run(
        [*command, "--skip-non-html", "--format", "json", str(site)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    told = json.loads(done.stderr or done.stdout)["messages"]
    # On disk nothing has an origin, so that a policy in the page seems to forbid its own script.
    found = [each["message"] for each in told if "redaktion/" not in each.get("url", "")]
    assert found == []


def test_lighthouse_has_nothing_to_say(city_site: Path, tmp_path: Path) -> None:
    lighthouse, chromium = shutil.which("lighthouse"), shutil.which("chromium")
    if lighthouse is None or chromium is None:
        pytest.skip("Lighthouse is not installed")
    poor = []
    member = next(city_site.glob("mitglieder/*/index.html")).parent.relative_to(city_site)
    with served(city_site, Compressing) as url:
        for page in (*PAGES, f"{member.as_posix()}/"):
            scores: dict[str, list[float]] = {name: [] for name in CATEGORIES}
            for _ in range(RUNS):
                out = tmp_path / "report.json"
                subprocess.run(
                    [
                        lighthouse,
                        f"{url}/{page}",
                        "--quiet",
                        "--output=json",
                        f"--output-path={out}",
                        "--chrome-flags=--headless=new --no-sandbox",
                    ],
                    env=os.environ | {"CHROME_PATH": chromium},
                    check=True,
                )
                report = json.loads(out.read_text("utf-8"))["categories"]
                for name in CATEGORIES:
                    scores[name].append(report[name]["score"])
            medians = {name: median(found) for name, found in scores.items()}
            poor += [
                f"/{page}: {name} {found:.2f}"
                for name, found in medians.items()
                if found < LEAST.get(name, 1)
            ]
    assert poor == []
