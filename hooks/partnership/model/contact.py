"""How a body is reached: phone, mail, address, and a page where a talk is booked."""

from partnership.model.fields import OpenMail, OpenText, OpenUrl, Record, key
from partnership.model.legal import OfficeAddress


class Reach(Record):
    """The ways to a partner or an adviser. Each may be unknown; visitors then see the others."""

    phone: OpenText | None = key("telefon", "Telefon", None)
    mail: OpenMail | None = key("email", "E-Mail einer Stelle, nicht einer Person", None)
    address: OfficeAddress | None = key("anschrift", "Anschrift", None)
    booking: OpenUrl | None = key("terminseite", "Seite, auf der man ein Gespräch bucht", None)
