"""What is told of the partnership itself: partners, office, term, milestones, home page."""

from dataclasses import dataclass
from datetime import date

from partnership.language import english, german
from partnership.model.city import City
from partnership.model.values import web
from partnership.site.views import contact
from partnership.site.views.common import Link, sources_of
from partnership.site.views.contact import Contact


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A founding partner and its tasks."""

    name: str
    short: str
    kind: str
    is_office: bool
    website: str
    tasks: tuple[str, ...]
    contact: Contact


@dataclass(frozen=True, slots=True)
class Term:
    """The agreement's term on the build day."""

    signed: str
    first_until: str
    until: str
    until_iso: str
    notice_until: str
    notice_open: bool
    next_until: str
    automatic: bool
    years: str
    months: str
    form: str
    terminations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause of the agreement: its anchor, its number as shown, what it says and means."""

    anchor: str
    number: str
    title: str
    core: str
    meaning: str


@dataclass(frozen=True, slots=True)
class EnglishTerm:
    """The term in English; `extension` is empty unless the agreement goes on by itself."""

    signed: str
    until: str
    extension: str
    notice: str
    is_ending: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated fact with its sources."""

    when: str
    iso: str
    text: str
    sources: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Something told with a name, a text, perhaps a website and sources, and in English."""

    name: str
    text: str
    website: str
    sources: tuple[Link, ...]
    note: str = ""
    english: str = ""


def partners(city: City) -> tuple[PartnerView, ...]:
    """The founding partners in the order of the data."""
    return tuple(
        PartnerView(
            partner.name,
            partner.short,
            partner.kind,
            partner.is_office,
            web(partner.website),
            partner.tasks,
            contact.partner(city, partner),
        )
        for partner in city.partners
    )


def term(city: City, day: date) -> Term:
    """The term of the agreement on `day`; see `Agreement.term_end` and `notice_until`."""
    agreement = city.agreement
    end = agreement.term_end(day)
    notice = agreement.notice_until(day)
    following = agreement.following(end)
    names = {partner.id: contact.name_of(partner) for partner in city.partners}
    return Term(
        signed=german.partial_date(agreement.signed),
        first_until=german.day(agreement.first_term_until),
        until=german.day(end),
        until_iso=end.isoformat(),
        notice_until=german.day(notice),
        notice_open=day <= notice,
        next_until=german.day(following),
        automatic=agreement.extension.automatic,
        years="ein Jahr"
        if agreement.extension.years == 1
        else german.counted(agreement.extension.years, "Jahr", "Jahre"),
        months=_in_words(agreement.notice.months),
        form=agreement.notice.form,
        terminations=tuple(
            f"{names[each.partner]}: gekündigt am {german.day(each.given)},"
            f" wirksam zum {german.day(each.effective)}"
            for each in agreement.terminations
        ),
    )


def term_in_english(city: City, day: date) -> EnglishTerm:
    """The term of the agreement on `day`, for the page in English."""
    agreement = city.agreement
    years = agreement.extension.years
    return EnglishTerm(
        signed=english.moment(agreement.signed),
        until=english.day(agreement.term_end(day)),
        extension=("one year" if years == 1 else f"{years} years")
        if agreement.extension.automatic
        else "",
        notice="one month’s"
        if agreement.notice.months == 1
        else f"{agreement.notice.months} months’",
        is_ending=bool(agreement.terminations),
    )


def _in_words(months: int) -> str:
    words = {1: "einem Monat", 2: "zwei Monaten", 3: "drei Monaten", 6: "sechs Monaten"}
    return words.get(months, f"{months} Monaten")


def clauses(city: City) -> tuple[ClauseView, ...]:
    """The agreement's clauses in our own words."""
    return tuple(
        ClauseView(
            f"ziffer-{german.slug(each.number)}",
            # A numbering such as „§ 3“ already says what it counts.
            f"Ziffer {each.number}" if each.number[:1].isdigit() else each.number,
            each.title,
            each.core,
            each.meaning,
        )
        for each in city.agreement.clauses
    )


def milestones(city: City) -> tuple[Dated, ...]:
    """Published milestones, oldest first."""
    ordered = sorted(city.milestones, key=lambda each: (each.when.first, each.when.last))
    return tuple(
        Dated(german.partial_date(each.when), str(each.when), each.what, sources_of(each))
        for each in ordered
    )


def networks(city: City) -> tuple[Told, ...]:
    """The networks the partnership works with."""
    return tuple(
        Told(each.name, each.text, each.website or "", sources_of(each), english=each.english or "")
        for each in city.networks
    )


def sisters(city: City) -> tuple[Told, ...]:
    """Partnerships of the same model elsewhere."""
    return tuple(
        Told(
            each.name,
            each.text,
            each.website or "",
            sources_of(each),
            each.town,
            each.english or "",
        )
        for each in city.sisters
    )


def aims(city: City) -> tuple[Told, ...]:
    """Published aims and facts of the city."""
    return tuple(Told("", each.what, "", sources_of(each)) for each in city.aims)
