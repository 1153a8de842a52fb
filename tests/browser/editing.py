"""What the tests of the editing page share: a folder in place of the one somebody would choose,
and the steps of the office.
"""

import difflib
import json
import re
import shutil
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from partnership.checking.load import inspect
from partnership.model.problems import show
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import TODAY

FOLDERS = ("members", "data/veranstaltungen", "content/aktuelles")
PICK = """() => {
  const files = __FILES__;
  window.showDirectoryPicker = async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("stadt", { create: true });
    await folder.getDirectoryHandle(".git", { create: true });
    for (const [path, text] of Object.entries(files)) {
      const parts = path.split("/");
      let at = folder;
      for (const part of parts.slice(0, -1))
        at = await at.getDirectoryHandle(part, { create: true });
      const out = await (await at.getFileHandle(parts.at(-1), { create: true })).createWritable();
      await out.write(text);
      await out.close();
    }
    folder.requestPermission = folder.queryPermission = async () => "granted";
    return folder;
  };
}"""
# Nothing while the page is writing: the browser then has a copy beside the file, or an empty file.
READ = """async () => {
  const found = {};
  const walk = async (folder, path) => {
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind === "directory") await walk(entry, `${path}${name}/`);
      else found[`${path}${name}`] = await (await entry.getFile()).text();
    }
  };
  try {
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("stadt"), "");
  } catch (error) {
    if (error.name === "NotFoundError") return null; // a copy that has just taken its place
    throw error;
  }
  const written = Object.entries(found).every(([name, text]) => text && !name.endsWith(".crswap"));
  return written ? found : null;
}"""


def pages() -> dict[str, str]:
    """Musterstadt's pages that are edited in forms: path → text."""
    return {
        file.relative_to(DEMO_CITY).as_posix(): file.read_text("utf-8")
        for folder in FOLDERS
        for file in sorted((DEMO_CITY / folder).glob("*.md"))
    }


def opened(page: Page, files: dict[str, str]) -> Page:
    """The editing page with `files` opened as a copy on one's own machine."""
    page.add_init_script(f"({PICK.replace('__FILES__', json.dumps(files))})()")
    page.goto("/redaktion/")
    page.get_by_text("Mit lokalem Repository arbeiten").click()
    expect(page.get_by_role("button", name="Neu")).to_be_visible(timeout=20_000)
    return page


def open_entry(page: Page, collection: str, entry: str) -> None:
    """Open an entry, or the form for a new one."""
    base = page.url.split("#")[0]
    page.goto(f"{base}#/collections/{collection}/{entry}")
    expect(page.get_by_role("button", name="Speichern")).to_be_visible(timeout=20_000)


def save(page: Page, before: dict[str, str]) -> dict[str, str]:
    """Save, and give the files once one has changed."""
    page.get_by_role("button", name="Speichern").click()
    last = None
    for _ in range(300):
        page.wait_for_timeout(100)
        after: dict[str, str] | None = page.evaluate(READ)
        if after and after != before and after == last:
            return after
        last = after
    raise AssertionError("nothing was saved")


def changed(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """The lines that differ, by file, with - or + in front."""
    return {
        path: [
            line
            for line in difflib.unified_diff(
                before.get(path, "").splitlines(),
                after.get(path, "").splitlines(),
                n=0,
                lineterm="",
            )
            if line[0] in "+-" and line[:3] not in {"+++", "---"}
        ]
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    }


def is_sound(after: dict[str, str], folder: Path) -> None:
    """Whether the check accepts the city with these files."""
    city = folder / "stadt"
    shutil.copytree(DEMO_CITY, city, dirs_exist_ok=True)
    for path, text in after.items():
        target = city / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.suffix == ".md":
            target.write_text(text, "utf-8")
    loaded = inspect(city, TODAY, ROOT)
    assert not loaded.problems, show(loaded.problems, "text")


def shown(page: Page, wanted: Locator) -> Locator:
    """A control of a form that is drawn as one scrolls."""
    for _ in range(20):
        if wanted.count():
            break
        page.get_by_role("group", name=re.compile("^Feld")).last.scroll_into_view_if_needed()
        page.wait_for_timeout(100)
    return wanted.first


def choose(page: Page, field: str, answer: str | re.Pattern[str]) -> None:
    """Choose an answer in a list."""
    shown(page, page.get_by_role("combobox", name=field)).click()
    page.get_by_role("option", name=answer).first.click()
