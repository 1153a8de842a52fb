"""What is true of one partnership: its names, founders, office, agreement, milestones."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from partnership.model.contact import Reach
from partnership.model.fields import (
    ONE_WORD,
    Day,
    FileName,
    Key,
    Municipality,
    Number,
    OpenMail,
    OpenProse,
    OpenText,
    OpenUrl,
    Record,
    Text,
    UpTo,
    Url,
    When,
    Whole,
    YesNo,
    key,
)
from partnership.model.legal import (
    AccessibilityStatement,
    Imprint,
    OfficeAddress,
    Privacy,
    Security,
)

PartnerKind = Annotated[Literal["stadt", "ihk", "hwk", "khs", "weitere"], ONE_WORD]
NoticeEnd = Annotated[Literal["jahresende"], ONE_WORD]


class Partner(Record):
    """A founding partner (Initialpartner) and its tasks."""

    id: Key = key("key", "Schlüssel")
    name: OpenText = key("name", "Name")
    short: Text = key("kurz", "Kurzname")
    kind: PartnerKind = key("art", "Art")
    is_office: YesNo = key("geschaeftsstelle", "Führt die Geschäftsstelle", False)
    website: OpenUrl | None = key("website", "Internetauftritt", None)
    reach: Reach | None = key("kontakt", "So erreicht man den Partner", None)
    tasks: tuple[OpenText, ...] = key("aufgaben", "Aufgaben", ())


class Office(Record):
    """The Geschäftsstelle."""

    name: Text = key("name", "Name")
    unit: OpenText | None = key("stelle", "Amt oder Abteilung", None)
    address: OfficeAddress | None = key("anschrift", "Anschrift", None)
    phone: OpenText | None = key("telefon", "Telefon", None)
    mail: OpenMail | None = key("email", "E-Mail", None)
    website: OpenUrl | None = key("website", "Internetauftritt", None)
    form: OpenUrl | None = key("kontaktformular", "Kontaktformular", None)
    booking: OpenUrl | None = key("terminseite", "Seite, auf der man ein Gespräch bucht", None)


class Extension(Record):
    """How the agreement goes on after its first term."""

    years: Annotated[int, UpTo(20)] = key("jahre", "Jahre je Verlängerung")
    automatic: YesNo = key("automatisch", "Verlängert sich von selbst")


class Notice(Record):
    """How the agreement can be left."""

    months: Annotated[int, UpTo(36)] = key("frist_monate", "Frist in Monaten")
    to: NoticeEnd = key("zum", "Zu welchem Zeitpunkt")
    form: Text = key("form", "Form")


class Termination(Record):
    """A notice that has been given."""

    partner: Key = key("partner", "Initialpartner")
    given: Day = key("am", "Tag der Kündigung")
    effective: Day = key("zum", "Wirksam zum")


class Clause(Record):
    """A clause of the agreement in our own words."""

    number: Text = key("nummer", "Nummer")
    title: OpenText = key("titel", "Titel")
    core: OpenProse = key("kern", "Was darin steht")
    meaning: OpenProse = key("bedeutung", "Was das für ein Unternehmen bedeutet")


class Agreement(Record):
    """The agreement and its term."""

    signed: When = key("unterzeichnet", "Unterzeichnet")
    first_term_until: Day = key("erste_laufzeit_bis", "Erste Laufzeit bis")
    extension: Extension = key("verlaengerung", "Verlängerung")
    notice: Notice = key("kuendigung", "Kündigung")
    terminations: tuple[Termination, ...] = key("kuendigungen", "Ausgesprochene Kündigungen", ())
    clauses: tuple[Clause, ...] = key("ziffern", "Die Ziffern der Vereinbarung", ())

    def term_end(self, day: date) -> date:
        """The last day of the term that runs on `day`.

        The first term ends on a fixed day; after that the agreement goes on for a number of years
        at a time, each term ending on the same day of a later year.
        """
        end = self.first_term_until
        step = self.extension.years
        if not (self.extension.automatic and step):
            return end
        while end < day:
            end = self.following(end)
        return end

    def following(self, end: date) -> date:
        """The last day of the term after the one that ends on `end`."""
        year = end.year + self.extension.years
        try:
            return end.replace(year=year)
        except ValueError:  # the 29th of February
            return end.replace(year=year, day=28)

    def notice_until(self, day: date) -> date:
        """The last day on which notice still takes effect at the end of the running term.

        A period of n months before the end of a month ends with the month n months earlier.
        """
        end = self.term_end(day)
        months = end.year * 12 + end.month - 1 - self.notice.months
        following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)


class Advice(Record):
    """An offer of advice."""

    id: Key = key("key", "Schlüssel")
    name: Text = key("name", "Name")
    by: Key = key("wer", "Initialpartner, der berät")
    what: OpenText = key("was", "Worum es geht")
    for_whom: Text | None = key("fuer_wen", "Für wen", None)
    website: OpenUrl | None = key("website", "Seite des Angebots", None)
    reach: Reach | None = key("kontakt", "So erreicht man die Beratung", None)
    source: Text | None = key("quelle", "Quelle", None)
    more_sources: tuple[Text, ...] = key("weitere_quellen", "Weitere Quellen", ())


class Sister(Record):
    """A partnership of the same model in another city."""

    name: Text = key("name", "Name")
    town: Text = key("ort", "Ort")
    text: Text = key("text", "Beschreibung")
    english: Text | None = key("englisch", "Beschreibung auf Englisch", None)
    website: Url | None = key("website", "Internetauftritt", None)
    source: Text | None = key("quelle", "Quelle", None)
    more_sources: tuple[Text, ...] = key("weitere_quellen", "Weitere Quellen", ())


class Network(Record):
    """A network the partnership works with."""

    name: Text = key("name", "Name")
    text: Text = key("text", "Beschreibung")
    english: Text | None = key("englisch", "Beschreibung auf Englisch", None)
    website: Url | None = key("website", "Internetauftritt", None)
    source: Text | None = key("quelle", "Quelle", None)
    more_sources: tuple[Text, ...] = key("weitere_quellen", "Weitere Quellen", ())


class Milestone(Record):
    """A dated, published fact."""

    when: When = key("datum", "Datum")
    what: Text = key("was", "Was geschah")
    source: Text = key("quelle", "Quelle")
    more_sources: tuple[Text, ...] = key("weitere_quellen", "Weitere Quellen", ())


class Headcount(Record):
    """A published number of members."""

    as_of: When = key("stand", "Stand")
    count: Whole = key("anzahl", "Anzahl der Mitglieder")
    about: YesNo = key("ungefaehr", "Ungefähre Angabe", False)
    source: Text = key("quelle", "Quelle")


class Unlisted(Record):
    """How many members are not to be shown: all that public files keep of them."""

    as_of: Day = key("stand", "Stand")
    count: Whole = key("anzahl", "Anzahl")


class Aim(Record):
    """A published fact or aim about traffic in the city."""

    what: Text = key("was", "Aussage")
    source: Text = key("quelle", "Quelle")
    more_sources: tuple[Text, ...] = key("weitere_quellen", "Weitere Quellen", ())


class Licence(Record):
    """The licence of the open data."""

    name: Text = key("name", "Name")
    url: Url = key("url", "Internetadresse")


class Confidentiality(Record):
    """How confidential amounts are kept, and how closely nobody's can be placed, in percent."""

    is_public: YesNo = key("ablage_oeffentlich", "Ob diese Dateien öffentlich sind")
    p_percent: Number = key(
        "p_prozent", "Auf wie viel Prozent genau keine Angabe bekannt wird", Decimal(10)
    )


class City(Record):
    """data/partnerschaft.yml."""

    name: Text = key("name", "Name der Partnerschaft")
    long_name: Text = key("langname", "Voller Name der Partnerschaft")
    short_name: Text = key("kurzname", "Kurzname")
    town: Text = key("stadt", "Stadt")
    municipality: Municipality | None = key(
        "gemeindeschluessel", "Amtlicher Gemeindeschlüssel der Stadt", None
    )
    administration: Text = key("stadtverwaltung", "Name der Stadtverwaltung")
    founded: When = key("gegruendet", "Gegründet")
    motto: Text | None = key("motto", "Motto", None)
    summary: Text = key("kurzbeschreibung", "Kurzbeschreibung")
    is_demonstration: YesNo = key("demonstration", "Vorführung mit erfundenen Daten", False)
    site: OpenUrl | None = key("adresse", "Adresse dieses Auftritts", None)
    present_site: Url | None = key("heutiger_auftritt", "Heutiger Auftritt", None)
    wordmark: tuple[Text, ...] = key("wortmarke", "Wortmarke, eine oder zwei Zeilen", ())
    partners: tuple[Partner, ...] = key("initialpartner", "Initialpartner")
    joint_tasks: tuple[Text, ...] = key("gemeinsame_aufgaben", "Gemeinsame Aufgaben", ())
    office: Office = key("geschaeftsstelle", "Geschäftsstelle")
    agreement: Agreement = key("vereinbarung", "Vereinbarung")
    advice: tuple[Advice, ...] = key("beratung", "Beratungsangebote", ())
    sisters: tuple[Sister, ...] = key("schwesterpartnerschaften", "Schwesterpartnerschaften", ())
    networks: tuple[Network, ...] = key("netzwerke", "Netzwerke", ())
    milestones: tuple[Milestone, ...] = key("meilensteine", "Meilensteine", ())
    headcounts: tuple[Headcount, ...] = key("mitgliederzahlen", "Veröffentlichte Zahlen", ())
    unlisted: Unlisted | None = key(
        "ohne_eintrag", "Mitglieder, die nicht gezeigt werden möchten", None
    )
    aims: tuple[Aim, ...] = key("ziele_der_stadt", "Ziele und Kennzahlen der Stadt", ())
    map_file: FileName | None = key("karte", "Karte der Stadtbezirke (GeoJSON in data/)", None)
    confidentiality: Confidentiality | None = key(
        "vertraulichkeit", "Umgang mit vertraulichen Angaben", None
    )
    licence: Licence = key("lizenz_daten", "Lizenz der offenen Daten")
    imprint: Imprint | None = key("impressum", "Impressum", None)
    privacy: Privacy | None = key("datenschutz", "Datenschutz", None)
    security: Security | None = key(
        "sicherheit", "Kontakt für Hinweise auf Sicherheitslücken", None
    )
    accessibility: AccessibilityStatement | None = key(
        "barrierefreiheit", "Erklärung zur Barrierefreiheit", None
    )

    @property
    def newest_headcount(self) -> Headcount | None:
        """The last number of members that was published; of two of one day the first listed."""
        return max(self.headcounts, key=lambda each: each.as_of, default=None)

    @property
    def site_address(self) -> str:
        """The address of this site, empty while it is a gap."""
        return self.site if self.site and self.site.startswith("http") else ""
