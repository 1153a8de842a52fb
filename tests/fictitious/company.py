"""A fictitious company: name, place, size, membership, answers, key figures, profile."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import log
from random import Random
from typing import Any

from tests.fictitious.books import FOUNDED, LAST_REPORT, TODAY, Books, Company, slug_of
from tests.fictitious.canonical import Row
from tests.fictitious.measures import measures_of

# How many join in each year from 2017 on, relative to each other; the last year is not over.
JOINING = (9, 7, 9, 4, 6, 9, 12, 14, 16, 13)


def sectors_of(members: int, rng: Random, books: Books) -> list[str]:
    """A sector for each member: all in their proportion, however small the city is."""
    known = [key for key in books.sectors if key in books.trades]
    weights = [books.trades[key]["haeufigkeit"] for key in known]
    # Each takes its turn when its share of the way to `members` is the next to be full.
    turns = [
        ((turn + 0.5) / weight, key)
        for key, weight in zip(known, weights, strict=True)
        for turn in range(members)
    ]
    dealt = [key for _, key in sorted(turns)[:members]]
    rng.shuffle(dealt)
    return dealt


def member(rng: Random, sector: str, books: Books) -> tuple[str, dict[str, Any], str]:
    """A member's slug, its front matter and its profile."""
    trade = books.trades[sector]
    name, short, pattern = _name(rng, books, trade)
    company = _company(rng, books, sector, pattern)
    slug, domain = slug_of(name), f"{slug_of(short)}.example"
    books.slugs.add(slug)
    measures = measures_of(company, books)
    answers = [] if company.public else _answers(company)
    record: dict[str, Any] = {"name": name, "branche": sector, "beitritt": _joined(company)}
    if company.left:
        record["austritt"] = company.left
    record["stadtbezirk"] = company.district
    if rng.random() < 0.9:
        record["anschrift"] = {
            "strasse": f"{rng.choice(books.words['strassen'])} {rng.randint(1, 140)}",
            "plz": rng.choice(books.words["plz"][company.district]),
            "ort": "Musterstadt",
        }
    if rng.random() < 0.93:
        record["website"] = f"https://www.{domain}"
    if not company.public and rng.random() < 0.8:
        record["kontakt"] = f"{rng.choice(books.words['postfaecher'])}@{domain}"
    if not company.public and rng.random() < 0.14:
        record["logo"] = f"{slug}.svg"
    if rng.random() > (0.4 if company.public else 0.05):
        record["beschaeftigte"] = company.employees
    if answers:
        record["auskunft"] = answers
    if figures := _figures(company, books, answers):
        record["kennzahlen"] = figures
    record["bestaetigung"] = "oeffentliche_quelle" if company.public else "unternehmen"
    if company.public:
        count = rng.choice((1, 1, 1, 2))
        record["quellen"] = _sources(rng, books, domain, count, says=True)
    for measure in measures:
        if company.public and rng.random() < 0.6:
            measure["quellen"] = _sources(rng, books, domain, 1, says=False)
    if measures:
        record["massnahmen"] = measures
    if not company.public and rng.random() < 0.06:
        record["notiz_intern"] = rng.choice(books.words["notizen"])
    if not company.public and rng.random() < 0.05 and slug_of(short) not in books.slugs:
        books.slugs.add(slug_of(short))
        record["frueher"] = Row([slug_of(short)])
    with_profile = "logo" in record or (not company.public and rng.random() < 0.55)
    return slug, record, _profile(company, books, pattern) if with_profile else ""


def _name(
    rng: Random, books: Books, trade: Mapping[str, Any]
) -> tuple[str, str, Mapping[str, Any]]:
    """A name nobody has yet, the same without its legal form, and the pattern it was made from."""
    words = books.words
    for attempt in range(500):
        seldom = min(books.used[pattern["name"]] for pattern in trade["namen"]) + attempt // 20
        pattern = rng.choice([one for one in trade["namen"] if books.used[one["name"]] <= seldom])
        family, second = rng.sample(words["familien"], 2)
        short = pattern["name"].format(
            familie=family,
            familie2=second,
            fluss=rng.choice(words["fluesse"]),
            vogel=rng.choice(words["voegel"]),
            kunst=rng.choice(words["kunstworte"]),
            ort=rng.choice(words["orte"]),
            platz=rng.choice(words["plaetze"]),
            region=rng.choice(words["regionen"]),
        )
        if attempt > 100:  # all simple names are gone: add one that tells them apart
            short = f"{short} {second}"
        name = f"{short} {rng.choice(pattern.get('formen', trade['formen']))}".strip()
        if not {slug_of(name), slug_of(short)} & books.slugs:
            books.used[pattern["name"]] += 1
            return name, short, pattern
    raise ValueError("texts/unternehmen.yml holds too few names for so many members")


def _company(rng: Random, books: Books, sector: str, pattern: Mapping[str, Any]) -> Company:
    trade = books.trades[sector]
    middle, spread = trade["groesse"]
    size = max(round(rng.lognormvariate(log(middle), spread)), 1)
    if "ab" in pattern:
        size = max(size, round(pattern["ab"] * rng.uniform(1, 2.5)))
    if "bis" in pattern:
        size = min(size, rng.randint(max(pattern["bis"] // 3, 1), pattern["bis"]))
    step = 1 if size < 120 else 5 if size < 1000 else 10
    size = min(round(size / step) * step, 6000)
    year = rng.choices(range(FOUNDED.year, TODAY.year + 1), JOINING)[0]
    first, last = max(FOUNDED, date(year, 1, 8)), min(date(year, 12, 18), TODAY - timedelta(4))
    left = None
    if year <= TODAY.year - 4 and rng.random() < 0.1:
        left = date(rng.randint(year + 3, TODAY.year - 1), *rng.choice(((12, 31), (6, 30))))
    public = left is None and rng.random() < 0.13
    if public:  # told by sources that appeared some time ago
        last = min(last, LAST_REPORT)
        first = min(first, LAST_REPORT)
    near = trade.get("bezirke", ())
    cars, vans = trade["fahrzeuge"]
    return Company(
        rng=rng,
        sector=sector,
        employees=size,
        growth=rng.uniform(-0.01, 0.05),
        district=rng.choices(
            list(books.districts), [4 if key in near else 1 for key in books.districts]
        )[0],
        joined=first + timedelta(rng.randrange((last - first).days + 1)),
        left=left,
        public=public,
        cars=round(size * cars / 100 * rng.uniform(0.5, 1.5)),
        vans=round(size * vans / 100 * rng.uniform(0.5, 1.5)),
        racks=round(size * rng.uniform(0, 0.12)),
    )


def _joined(company: Company) -> Any:
    """The day or month of joining; where only a source speaks, a latest day."""
    day = company.joined
    if company.public:
        day = max(day, date(2019, 3, 1))
        return company.rng.choice((f"spätestens {day:%Y-%m}", f"spätestens {day}"))
    over = (day.year, day.month) < (TODAY.year, TODAY.month)
    return f"{day:%Y-%m}" if over and company.rng.random() < 0.3 else day


def _answers(company: Company) -> list[dict[str, Any]]:
    """A questionnaire at joining, then about every second year, not always answered."""
    rng = company.rng
    answers: list[dict[str, Any]] = []
    day = min(company.joined + timedelta(rng.randrange(40)), company.last_day)
    while day <= company.last_day:
        if not answers or rng.random() < 0.85:
            by = "geschaeftsstelle" if rng.random() < 0.12 else "unternehmen"
            answers.append({"stand": day, "von": by})
        day += timedelta(rng.randint(540, 880))
    return answers


def _figures(
    company: Company, books: Books, answers: list[dict[str, Any]]
) -> dict[int, dict[str, Any]]:
    """Key figures for the years before the answers, in keeping with the measures."""
    rng, found = company.rng, {}
    # Without the key only totals are published; some say so, others release their figures.
    publication = rng.choice(("einzeln", "einzeln", "nur_summe", None))
    by_car = rng.uniform(35, 80)
    by_transit = rng.uniform(0.3, 0.7) * (96 - by_car)
    per_car, per_van = rng.uniform(9000, 17000), rng.uniform(11000, 24000)

    def known(kind: str, year: int, at_least: int = 0) -> int:
        values = company.extents.get(kind, {})
        return max([value for known, value in values.items() if known <= year], default=at_least)

    for year in sorted({answer["stand"].year - 1 for answer in answers}):
        if year < FOUNDED.year or rng.random() < 0.3:
            continue
        ago = TODAY.year - year
        values = {
            "beschaeftigte": company.staff(year),
            "pkw_gesamt": company.cars + ago * company.cars // 25,
            "pkw_elektrisch": known("elektro_pkw", year),
            "nutzfahrzeuge_gesamt": company.vans,
            "nutzfahrzeuge_elektrisch": known("elektro_nutzfahrzeuge", year),
            "lastenraeder": known("lastenraeder", year),
            "fahrleistung": round((company.cars * per_car + company.vans * per_van) / 1000) * 1000,
            "ladepunkte": known("ladeinfrastruktur_fuhrpark", year)
            + known("ladepunkte_beschaeftigte", year),
            "stellplaetze_pkw": round(company.employees * by_car / 140),
            "stellplaetze_rad": known("abstellanlagen", year, company.racks),
            "arbeitsweg_pkw": round(min(by_car + 1.3 * ago, 90)),
            "arbeitsweg_oepnv": round(by_transit),
            "arbeitsweg_rad_fuss": round(max(96 - by_car - by_transit - 1.3 * ago, 2)),
        }
        told: dict[str, Any] = {
            key: value
            for key, value in values.items()
            if key in books.figures and rng.random() < 0.75
        }
        if told:
            found[year] = ({"veroeffentlichung": publication} if publication else {}) | told
    return found


def _sources(
    rng: Random, books: Books, domain: str, count: int, *, says: bool
) -> list[dict[str, Any]]:
    sources = []
    for told in rng.sample(books.words["quellen"], count):
        source = {
            "titel": told["titel"],
            "url": told.get("url") or f"https://www.{domain}/{told['pfad']}",
            "abruf": TODAY - timedelta(rng.randint(5, (TODAY - LAST_REPORT).days)),
        }
        if says:
            source["sagt"] = rng.choice(books.words["sagt"])
        sources.append(source)
    return sources


def _profile(company: Company, books: Books, pattern: Mapping[str, Any]) -> str:
    rng = company.rng
    more = rng.choice(books.trades[company.sector]["profil"]).format(
        lage=rng.choice(books.words["lagen"][company.district]), jahr=rng.randint(1889, 2009)
    )
    way = "" if rng.random() < 0.35 else f"\n{rng.choice(books.words['wege'])}\n"
    return f"{pattern['tut']} {more}\n{way}"
