"""A night without a new site opens exactly one issue that says why, and closes it when mended: on
both forges, against a server that answers as they do.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

TITLE = "Die Website wird nicht neu gebaut"


class Forge:
    """What both forges keep: runs of the night, issues, comments. `asked` are methods and paths."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.runs: list[tuple[float, bool]] = []
        self.issues: list[dict[str, Any]] = []
        self.comments: list[str] = []
        self.asked: list[str] = []

    @property
    def open(self) -> list[dict[str, Any]]:
        return [each for each in self.issues if each["open"]]

    def answer(self, method: str, path: str, body: dict[str, Any]) -> Any:
        self.asked.append(f"{method} {path}")
        return (self._github if self.kind == "github" else self._gitlab)(method, path, body)

    def _github(self, method: str, path: str, body: dict[str, Any]) -> Any:
        if "/runs?" in path:
            return {"workflow_runs": [
                {"id": number, "conclusion": "success" if fine else "failure",
                 "updated_at": ago(hours).isoformat().replace("+00:00", "Z"),
                 "html_url": f"https://forge.example/runs/{number}"}
                for number, (hours, fine) in enumerate(self.runs)
            ]}  # fmt: skip
        if "/jobs?" in path:
            steps = [{"name": "make site", "conclusion": "failure"}]
            return {"jobs": [{"name": "Website bauen", "conclusion": "failure", "steps": steps}]}
        return self._issue(method, path, body, "number", "body", {"state": "closed"})

    def _gitlab(self, method: str, path: str, body: dict[str, Any]) -> Any:
        if "/jobs?" in path:
            return [
                {"name": name, "ref": "main", "status": "success" if fine else "failed",
                 "finished_at": ago(hours).isoformat().replace("+00:00", "Z"),
                 "failure_reason": "script_failure", "web_url": "https://forge.example/jobs/1"}
                for hours, fine in self.runs
                for name in ("pages", "anderes")
            ]  # fmt: skip
        return self._issue(method, path, body, "iid", "description", {"state_event": "close"})

    def _issue(self, method: str, path: str, body: Any, key: str, text: str, closing: Any) -> Any:
        number = re.search(r"/issues/(\d+)", path)
        if method == "GET":
            assert "nachtbau" in path
            return [{key: each["number"], text: each["body"]} for each in self.open]
        if method == "POST" and not number:
            assert body["title"] == TITLE
            assert body["labels"] in (["nachtbau"], "nachtbau")
            made = {"number": len(self.issues) + 1, "body": body[text], "open": True}
            self.issues.append(made)
        elif method == "POST":
            self.comments.append(body["body"])
        elif number:
            found = self.issues[int(number[1]) - 1]
            found["body"] = body.get(text, found["body"])
            found["open"] &= body != closing
        return {}


def ago(hours: float) -> datetime:
    return datetime.now(UTC) - timedelta(hours=hours)


@contextmanager
def serving(forge: Forge) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else {}
            content = json.dumps(forge.answer(self.command, self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = answer  # noqa: N815 - the library's names

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(params=["github", "gitlab"])
def forge(request: pytest.FixtureRequest) -> Forge:
    return Forge(request.param)


def watch(forge: Forge, **more: str) -> str:
    with serving(forge) as url:
        env = {
            "PATH": os.environ["PATH"],
            "GITHUB_API_URL": url,
            "GITHUB_REPOSITORY": "stadt/netz",
            "GITHUB_TOKEN": "x",
            "GITHUB_SERVER_URL": "https://forge.example",
            "GITHUB_RUN_ID": "77",
            "CI_API_V4_URL": url,
            "CI_PROJECT_ID": "7",
            "CI_DEFAULT_BRANCH": "main",
            "WATCH_TOKEN": "x",
            **more,
        }
        done = subprocess.run(
            [sys.executable, ROOT / ".ci/watch", forge.kind],
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_night_that_went_well_says_nothing(forge: Forge) -> None:
    forge.runs = [(5, True), (29, False)]
    assert watch(forge) == "Alles in Ordnung.\n"
    assert forge.issues == []
    assert all(each.startswith("GET") for each in forge.asked)


def test_a_failed_night_opens_one_issue_that_says_why(forge: Forge) -> None:
    forge.runs = [(5, False), (29, True)]
    for _ in range(3):
        watch(forge)
    (issue,) = forge.open
    assert "Der letzte Lauf ist gescheitert: https://forge.example/" in issue["body"]
    why = {"github": "Website bauen, Schritt „make site“", "gitlab": "script_failure"}[forge.kind]
    assert f"Fehlgeschlagen: {why}" in issue["body"]


def test_a_night_without_a_run_opens_one_issue_that_says_what_wakes_it(forge: Forge) -> None:
    forge.runs = [(55, True)]
    for _ in range(2):
        watch(forge)
    (issue,) = forge.open
    assert "seitdem ist keiner gekommen" in issue["body"]
    assert "60 Tage" in issue["body"]
    assert "Enable workflow" in issue["body"]


def test_the_reason_is_kept_up_to_date_in_the_same_issue(forge: Forge) -> None:
    forge.runs = [(5, False)]
    watch(forge)
    forge.runs = [(55, True)]
    watch(forge)
    (issue,) = forge.issues
    assert "seitdem ist keiner gekommen" in issue["body"]


def test_it_is_closed_when_mended_and_opened_anew_the_next_time(forge: Forge) -> None:
    forge.runs = [(5, False)]
    watch(forge)
    forge.runs = [(1, True), (5, False)]
    watch(forge)
    assert forge.open == []
    assert forge.comments == ["Die Website wird wieder gebaut und veröffentlicht."]
    forge.runs = [(1, False)]
    watch(forge)
    assert [each["number"] for each in forge.open] == [2]


def test_of_two_issues_one_stays(forge: Forge) -> None:
    forge.issues = [{"number": number, "body": "x", "open": True} for number in (1, 2)]
    forge.runs = [(5, False)]
    watch(forge)
    assert [each["number"] for each in forge.open] == [1]


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ({"build": "failure", "test": "skipped", "publish": "skipped"}, "Fehlgeschlagen: build."),
        ({"build": "success", "test": "success", "publish": "failure"}, "Fehlgeschlagen: publish."),
        ({"build": "success", "test": "skipped", "publish": "success"}, ""),
    ],
)
def test_the_run_that_asks_counts_itself(results: dict[str, str], told: str) -> None:
    """At GitHub it has not ended for the others, while it asks."""
    forge = Forge("github")
    forge.runs = [(24, not told)]
    needs = json.dumps(
        {name: {"result": result, "outputs": {}} for name, result in results.items()}
    )
    said = watch(forge, NEEDS=needs)
    assert told in said
    assert len(forge.open) == bool(told)
    if told:
        assert "https://forge.example/stadt/netz/actions/runs/77" in forge.open[0]["body"]


def test_what_is_seen_from_outside_is_said(forge: Forge, tmp_path: Path) -> None:
    forge.runs = [(5, True)]
    health = tmp_path / "health"
    health.write_text('#!/bin/sh\necho "$2 ist 50 Stunden alt \\`\\`\\`"\nexit 1\n', "utf-8")
    health.chmod(0o755)
    watch(forge, WEBSITE="https://stadt.example", HEALTH=str(health))
    (issue,) = forge.open
    assert "```\nhttps://stadt.example ist 50 Stunden alt '''\n```" in issue["body"]
