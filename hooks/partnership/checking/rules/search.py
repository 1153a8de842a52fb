"""The words of the search: groups that are some, and pages that are there."""

from collections.abc import Iterator, Mapping

from partnership.checking.rules.pages import missing_pages
from partnership.checking.rules.references import unknown_key
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.model.search import words
from partnership.reading.source import Document

FILE = "data/suche.yml"
_LEAST = 2


def check(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A problem for each word that is given no other, and each page that is not there, in a file of
    the city's own.
    """
    document = documents.get(FILE)
    if document is None or not (partnership.root / FILE).is_file():
        return
    for index, line in enumerate(partnership.search.same):
        if len(words(line)) < _LEAST:
            yield document.problem(
                document.place(("gleichbedeutend", index)),
                "gruppe",
                "Hier steht nur ein Wort; gleichbedeutend sind mindestens zwei.",
                "Bitte hinter einem Komma ein zweites nennen oder die Zeile löschen.",
            )
    pages = {page.path.removeprefix("content/"): page.title for page in partnership.prose}
    # What cannot be read, and what is missing though every site needs it, has been told of.
    told = set(missing_pages(partnership, documents))
    for index, path in enumerate(partnership.search.first):
        if f"content/{path}" not in told and not (partnership.root / "content" / path).is_file():
            yield from unknown_key(document, ("zuerst", index), pages, "eine Seite", "content/")
