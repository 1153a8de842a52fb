"""Whom to ask: the office, the founding partners and the advisers, as visitors reach them today.

What is not known is left out; the way on is then the body's own website.
"""

from dataclasses import dataclass, replace

from partnership.language import german
from partnership.model.city import Advice, City, Office, Partner
from partnership.model.contact import Reach
from partnership.model.fillin import known
from partnership.model.legal import OfficeAddress
from partnership.model.values import web
from partnership.site.views.common import Link, sources_of


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody; what is not known is empty. `dialled` is the phone number as a link
    dials it, `address` the lines of a letter.
    """

    name: str
    phone: str = ""
    dialled: str = ""
    mail: str = ""
    address: tuple[str, ...] = ()
    form: str = ""
    booking: str = ""
    website: str = ""

    @property
    def answers(self) -> bool:
        """Whether somebody can be asked here at once, by phone, by mail or on a page for that."""
        return bool(self.phone or self.mail or self.form or self.booking)


@dataclass(frozen=True, slots=True)
class Adviser:
    """An offer of advice: who gives it to whom, what it is about, how to reach them."""

    name: str
    note: str
    text: str
    sources: tuple[Link, ...]
    contact: Contact


def office(city: City) -> Contact:
    """The office; its website is its own, or that of the partner who runs it."""
    told = city.office
    runs = next((web(each.website) for each in city.partners if each.is_office), "")
    reached = _reached(known(told.name), told, web(told.website) or runs)
    return replace(reached, form=web(told.form))


def partner(city: City, told: Partner) -> Contact:
    """A founding partner. Who runs the office and says nothing else is reached there."""
    if told.reach is None and told.is_office:
        return office(city)
    return _reached(name_of(told), told.reach, web(told.website))


def advisers(city: City) -> tuple[Adviser, ...]:
    """The offers of advice in the order of the data."""
    by_key = {each.id: each for each in city.partners}
    return tuple(
        Adviser(
            each.name,
            _for(name_of(by_key[each.by]), each.for_whom),
            known(each.what),
            sources_of(each),
            adviser(city, each),
        )
        for each in city.advice
    )


def adviser(city: City, told: Advice) -> Contact:
    """Whom to ask about an offer: its own contact, otherwise that of the partner who gives it."""
    gives = next(each for each in city.partners if each.id == told.by)
    theirs = partner(city, gives)
    website = web(told.website)
    if told.reach is None:
        return replace(theirs, website=website or theirs.website)
    return _reached(name_of(gives), told.reach, website or theirs.website)


def _reached(name: str, reach: Office | Reach | None, website: str) -> Contact:
    if reach is None:
        return Contact(name, website=website)
    phone = known(reach.phone)
    return Contact(
        name=name,
        phone=phone,
        dialled=german.dialled(phone),
        mail=known(reach.mail),
        address=_lines(reach.address),
        booking=web(reach.booking),
        website=website,
    )


def _lines(address: OfficeAddress | None) -> tuple[str, ...]:
    """The lines of a letter; none unless street and town are known."""
    if address is None or not (known(address.street) and known(address.town)):
        return ()
    return (known(address.street), f"{known(address.postcode)} {known(address.town)}".strip())


def name_of(partner: Partner) -> str:
    """What a partner is called: its name, the short one while that is a gap."""
    return known(partner.name) or partner.short


def _for(who: str, for_whom: str | None) -> str:
    return f"{who}, für {for_whom}" if for_whom else who
