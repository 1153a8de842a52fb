"""From a city's folder to a validated `Partnership`, or to every problem in it at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from partnership.checking import rules
from partnership.checking.gaps import open_gaps
from partnership.checking.load.files import CITY, CRITERIA, DISTRICTS, NEWS, Reading
from partnership.checking.load.vault import REGISTER, read_confidential, with_vault
from partnership.checking.rules import clashes, links, search
from partnership.checking.rules.targets import Site
from partnership.figures.summed import HEADCOUNT
from partnership.model.catalogue import (
    District,
    Field,
    MeasureType,
    Questionnaire,
    Sector,
)
from partnership.model.city import City
from partnership.model.edition import Edition
from partnership.model.estimate import Family
from partnership.model.event import Event, News
from partnership.model.fields import Text, Year
from partnership.model.fillin import FillIn
from partnership.model.legal import Criterion
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem, ProblemsFound, in_order, without_repetition
from partnership.model.search import Search
from partnership.model.yearsums import Closing, Register
from partnership.reading import archive

__all__ = [
    "CLOSING",
    "REGISTER",
    "SECRET",
    "VAULT",
    "Loaded",
    "inspect",
    "load",
    "read_confidential",
]

CLOSING = "data/jahressummen.yml"
# Where the files are not public, what nobody may see can lie beside them.
VAULT = "data/vertraulich"
# What each company's rounding comes from.
SECRET = f"{VAULT}/{REGISTER}"

_SHARED: Mapping[str, tuple[str, type[BaseModel]]] = {
    "fields": ("handlungsfelder", Field),
    "types": ("massnahmentypen", MeasureType),
    "sectors": ("branchen", Sector),
    "families": ("emissionsfaktoren", Family),
}


@dataclass(frozen=True)
class Loaded:
    """What a city's folder holds: the partnership, if it is sound, and what is wrong with it.
    Warnings do not make it unsound.
    """

    partnership: Partnership | None
    problems: tuple[Problem, ...]
    fill_ins: tuple[FillIn, ...]
    warnings: tuple[Problem, ...] = ()


def load(root: Path, today: date, base: Path | None = None) -> Partnership:
    """Read the city in `root`; `base` holds the shared catalogues and pages it does not have.

    Raises `ProblemsFound` with every problem in every file.
    """
    loaded = inspect(root, today, base)
    if loaded.partnership is None:
        raise ProblemsFound(loaded.problems)
    return loaded.partnership


def inspect(
    root: Path,
    today: date,
    base: Path | None = None,
    vault: Path | None = None,
    site: Callable[[Partnership], Site] | None = None,
) -> Loaded:
    """Like `load`, but returns the problems instead of raising them.

    With `vault`, the confidential folder of a city whose files are public, the two are checked as
    one; the paths of problems in it are those within it. No build of the site needs it. `site`
    makes what is asked for places on pages that no file shows; without it links there pass.
    """
    reading = Reading(root, base)
    partnership = _read(reading, root, base)
    if vault is not None:
        partnership = with_vault(partnership, vault, reading)
    broken = rules.check(partnership, reading.documents, today, reading.incomplete)
    told = in_order(without_repetition([*reading.problems, *reading.unless_told(broken)]))
    problems = tuple(problem for problem in told if not problem.is_warning)
    warnings = tuple(problem for problem in told if problem.is_warning)
    shown = _shown(partnership)
    if site is not None and not problems:
        built = site(shown)
        found = [
            *clashes.on_site(reading.documents, built),
            *links.check(shown, reading.documents, built),
        ]
        problems = tuple(in_order(without_repetition(found)))
    return Loaded(None if problems else shown, problems, partnership.fill_ins, warnings)


def _read(reading: Reading, root: Path, base: Path | None) -> Partnership:
    """Every file; what is wrong with any is kept in `reading`."""
    # A record that fails leaves an empty one behind: the rules still look at everything else.
    city = reading.record(CITY, City)
    catalogues: dict[str, Any] = {
        name: reading.catalogue(f"data/{file}.yml", kind) for name, (file, kind) in _SHARED.items()
    }
    districts = reading.catalogue(DISTRICTS, District, required=False)
    questionnaire = reading.record("data/fragebogen.yml", Questionnaire)
    criteria = reading.catalogue(CRITERIA, Criterion, required=False, keys=Text)
    return Partnership(
        root=root,
        base=base,
        city=city or City.model_construct(partners=(), advice=(), map_file=None),
        questionnaire=_asked(questionnaire, bool(districts), catalogues["types"])
        if questionnaire
        else Questionnaire.model_construct(),
        districts=districts,
        criteria=criteria,
        members=reading.folder("members", Member),
        events=reading.folder("data/veranstaltungen", Event),
        news=reading.folder(NEWS, News, skip=("index.md",)),
        prose=reading.prose(),
        fill_ins=open_gaps(reading.documents, lambda path: (root / path).is_file()),
        shapes=reading.shapes(city.map_file if city else None),
        closing=reading.optional(CLOSING, Closing),
        editions={
            int(year): edition
            for year, edition in reading.catalogue(
                archive.RECORDS, Edition, required=False, keys=Year
            ).items()
        },
        register=reading.optional(SECRET, Register),
        search=reading.record(search.FILE, Search, required=False) or Search(),
        **catalogues,
    )


def _shown(partnership: Partnership) -> Partnership:
    """The partnership with those apart who are not to be shown. The rules look at everybody."""
    return replace(
        partnership,
        members=tuple(each for each in partnership.members if each.is_listed),
        unlisted=tuple(each for each in partnership.members if not each.is_listed),
    )


def _asked(
    questionnaire: Questionnaire, has_districts: bool, types: Mapping[str, MeasureType]
) -> Questionnaire:
    """The questions as they are asked: a shared one for the district only where there are any, a
    key figure by itself where the city has no measure type that asks the same.
    """
    figures = {
        key: figure
        if figure.same_as is None or figure.same_as in {*types, HEADCOUNT}
        else figure.model_copy(update={"same_as": None})
        for key, figure in questionnaire.figures.items()
    }
    sections = tuple(
        section.model_copy(
            update={
                "questions": tuple(
                    question
                    for question in section.questions
                    if has_districts or question.options_from != "stadtbezirke"
                )
            }
        )
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": sections, "figures": figures})
