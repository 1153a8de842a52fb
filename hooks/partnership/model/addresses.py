"""Every address of the site, relative to its root. A bookmark's life depends on these."""

HOME = ""
PARTNERSHIP = "partnerschaft/"
AGREEMENT = "partnerschaft/vereinbarung/"
MEMBERS = "mitglieder/"
MEASURES = "massnahmen/"
SECTORS = "branchen/"
STATISTICS = "statistik/"
MEASURE_FIGURES = "statistik/massnahmen/"
COMPARISON = "statistik/vergleich/"
SUMS = "statistik/summen/"
EVENTS = "veranstaltungen/"
NEWS = "aktuelles/"
ADVICE = "beratung/"
JOIN = "mitmachen/"
QUESTIONNAIRE = "mitmachen/fragebogen/"
PAPER_FORM = "mitmachen/fragebogen/papier/"
MATERIAL = "material/"
DATA = "daten/"
EDITIONS = "daten/ausgabe/"
CONTACT = "kontakt/"
IMPRINT = "impressum/"
PRIVACY = "datenschutz/"
ACCESSIBILITY = "barrierefreiheit/"
EASY_LANGUAGE = "leichte-sprache/"
ENGLISH = "en/"
LICENCES = "lizenzen/"
SEARCH = "suche/"
SITE_MAP = "inhalt/"
CHANGES = "aenderungen/"
EDITING = "redaktion/"

DATA_SUMS = "daten/sha256sums.txt"
RECOUNT = "daten/nachrechnen.py"
CALENDAR = "veranstaltungen.ics"
ICON = "assets/icon.svg"
FEED = "aktuelles.xml"
EVENT_FEED = "veranstaltungen.xml"
SEARCH_INDEX = "suche.json"
FORM = "mitmachen/fragebogen/fragebogen.xlsx"
STATUS = "status.json"
SECURITY = ".well-known/security.txt"
FORM_TABLE = "mitmachen/fragebogen/formular.json"


def member(slug: str) -> str:
    """A company's page."""
    return f"{MEMBERS}{slug}/"


def member_file(slug: str) -> str:
    """What the open data say of a company, as a file of its own."""
    return f"{member(slug)}mitglied.json"


def badge(slug: str) -> str:
    """The badge a member may show elsewhere."""
    return f"{member(slug)}plakette.svg"


def picture(page: str) -> str:
    """The picture shown beside a link to a page, where the page has one of its own."""
    return f"{page}bild.png"


def field(key: str) -> str:
    """The page of a field of action. Keys are written with `_`, addresses with `-`."""
    return f"{MEASURES}{_dashed(key)}/"


def measure_type(field_key: str, key: str) -> str:
    """The page of a measure type."""
    return f"{field(field_key)}{_dashed(key)}/"


def sector(key: str) -> str:
    """The page of a sector: what others in the trade do."""
    return f"{SECTORS}{_dashed(key)}/"


def peers(key: str, size: str) -> str:
    """What companies of a sector and a size class do most."""
    return f"{sector(key)}{size}/"


def table(key: str) -> str:
    """The entries behind the figures of a statistical table."""
    return f"{STATISTICS}{key}/"


def year_sum(key: str) -> str:
    """The sums of a figure by year."""
    return f"{STATISTICS}{_dashed(key)}/"


def table_file(key: str) -> str:
    """The figures of a statistical table, or the sums of a figure, as a file beside their page."""
    return f"{STATISTICS}{_dashed(key)}.csv"


def edition(year: int) -> str:
    """The edition of a closed year, and the folder of its files."""
    return f"{EDITIONS}{year}/"


def edition_archive(year: int) -> str:
    """All files of an edition in one."""
    return f"{edition(year)}ausgabe-{year}.zip"


def revision(year: int) -> str:
    """How today's figures of a closed year differ from its edition, as a file."""
    return f"{DATA}revision-{year}.csv"


def event(slug: str) -> str:
    """The page of an event."""
    return f"{EVENTS}{slug}/"


def event_calendar(slug: str) -> str:
    """The calendar file of one event."""
    return f"{EVENTS}{slug}.ics"


def news(slug: str) -> str:
    """The page of a news item."""
    return f"{NEWS}{slug}/"


def logo(file_name: str) -> str:
    """The published copy of a logo: drawings stay SVG, all else becomes WebP.

    The old ending stays, so that `marke.png` and `marke.jpg` do not become one file.
    """
    return f"assets/logos/{file_name}" + ("" if file_name.lower().endswith(".svg") else ".webp")


def prose(path: str) -> str:
    """The address of a file in content/: `content/mitmachen/index.md` becomes `mitmachen/`."""
    inner = path.removeprefix("content/").removesuffix(".md")
    inner = inner.removesuffix("index").rstrip("/")
    return f"{inner}/" if inner else HOME


def from_to(start: str, target: str) -> str:
    """`target` as a link on the page at `start`."""
    return "../" * start.count("/") + target or "./"


def _dashed(key: str) -> str:
    return key.replace("_", "-")
