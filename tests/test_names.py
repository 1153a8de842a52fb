"""What is seen on a control is part of the name it has for speech (WCAG 2.5.3, label in name)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.sites import Site

CONTROLS = "a[href], button, summary, input, select, textarea, [role=button], [role=link]"


def faults(page: BeautifulSoup) -> Iterator[str]:
    """Every control whose name leaves out what is seen on it."""
    for control in page.select(CONTROLS):
        name = given_name(control, page)
        seen = plain(visible(control) or visible(label_of(control, page)))
        if name is not None and seen not in plain(name):
            yield f"„{seen}“ is not in „{name}“"


def given_name(control: Tag, page: BeautifulSoup) -> str | None:
    """The name that replaces what stands in the control; None where nothing does."""
    if ids := str(control.get("aria-labelledby", "")).split():
        return " ".join(each.get_text(" ") for id_ in ids if (each := page.find(id=id_)))
    return str(control["aria-label"]) if control.get("aria-label") else None


def label_of(control: Tag, page: BeautifulSoup) -> Tag | None:
    """The label that a form shows for a field."""
    return page.select_one(f"label[for='{control['id']}']") if control.get("id") else None


def visible(element: Tag | None) -> str:
    """The text of an element as the eye sees it."""
    if element is None:
        return ""
    hidden = {id(each) for each in element.select(".visually-hidden, [aria-hidden=true], title")}
    return " ".join(
        str(text)
        for text in element.find_all(string=True)
        if not any(id(parent) in hidden for parent in text.parents)
    )


def plain(text: str) -> str:
    """Text as speech compares it: no case, no signs, even blanks."""
    return " ".join(re.sub(r"[^\w\s]+", " ", text.casefold()).split())


@pytest.mark.parametrize("built", ["demo_site", "city_site"])
def test_what_is_seen_is_in_the_name(built: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(built)
    site = Site(folder)
    wrong = {address: list(faults(page)) for address, page in site.pages.items()}
    assert {address: found for address, found in wrong.items() if found} == {}
    # Links of the same text lead to different files: more than that is said of each.
    names = [link.get_text() for link in site.pages["daten/"].select(".file-links a")]
    assert len(names) > 20
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<a href=x aria-label='Mitglieder als Tabelle'>CSV</a>", 1),
        ("<a href=x aria-label='CSV: Mitglieder'>CSV</a>", 0),
        ("<a href=x aria-label='Karte'><span aria-hidden=true>12</span></a>", 0),
        ("<label for=i>Branche</label><select id=i aria-label='Auswahl'></select>", 1),
        ("<b id=t>Suchen jetzt</b><button aria-labelledby=t>Suchen</button>", 0),
    ],
)
def test_the_test_tells_right_from_wrong(html: str, found: int) -> None:
    assert len(list(faults(BeautifulSoup(html, "lxml")))) == found
