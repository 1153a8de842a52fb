"""What the law makes a public body say of itself: imprint, data protection, accessibility.

Imprint: § 5 DDG, § 18 MStV. Data protection: article 13 GDPR. Accessibility: §§ 10 to 10e BGG NRW,
BITVNRW, implementing decision (EU) 2018/1523.
"""

from typing import Annotated, Literal

from partnership.model.fields import (
    ONE_WORD,
    Day,
    OpenFile,
    OpenMail,
    OpenPostcode,
    OpenText,
    OpenUrl,
    Record,
    Text,
    key,
)

Level = Annotated[Literal["A", "AA"], ONE_WORD]
Standing = Annotated[
    Literal["erfuellt", "teilweise", "nicht_erfuellt", "nicht_anwendbar", "nicht_geprueft"],
    ONE_WORD,
]


class OfficeAddress(Record):
    """An address that may still have marked gaps."""

    street: OpenText | None = key("strasse", "Straße und Hausnummer", None)
    postcode: OpenPostcode | None = key("plz", "Postleitzahl", None)
    town: OpenText | None = key("ort", "Ort", None)


class Imprint(Record):
    """What the law asks of an imprint; phone, mail and form come from the office."""

    provider: OpenText = key("anbieter", "Anbieterin")
    legal_form: OpenText | None = key("rechtsform", "Rechtsform", None)
    represented_by: OpenText = key("vertretung", "Gesetzliche Vertretung")
    address: OfficeAddress = key("anschrift", "Anschrift der Anbieterin")
    vat_id: OpenText | None = key("ust_id", "Umsatzsteuer-Identifikationsnummer", None)
    supervision: OpenText | None = key("aufsicht", "Aufsichtsbehörde", None)
    editor: OpenText | None = key(
        "inhaltlich_verantwortlich", "Verantwortlich für redaktionelle Inhalte", None
    )


class DataProtectionOfficer(Record):
    """Whom to ask about data protection."""

    unit: OpenText = key("stelle", "Stelle")
    address: OpenText | None = key("anschrift", "Anschrift", None)
    mail: OpenMail | None = key("email", "E-Mail", None)


class Hosting(Record):
    """Where the site lies and what its server remembers."""

    provider: OpenText = key("anbieter", "Anbieter")
    place: OpenText | None = key("ort", "Ort der Server", None)
    contract: OpenText | None = key(
        "auftragsverarbeitung", "Vertrag zur Auftragsverarbeitung", None
    )
    log: OpenText | None = key("protokolldaten", "Protokollierte Zugriffsdaten", None)
    kept_for: OpenText | None = key("speicherdauer", "Speicherdauer", None)
    legal_basis: OpenText | None = key("rechtsgrundlage", "Rechtsgrundlage", None)


class Inquiries(Record):
    """How messages to the office are kept."""

    kept_for: OpenText | None = key("speicherdauer", "Speicherdauer", None)
    legal_basis: OpenText | None = key("rechtsgrundlage", "Rechtsgrundlage", None)


class PublicSources(Record):
    """Why entries may rest on what others have published."""

    legal_basis: OpenText | None = key("rechtsgrundlage", "Rechtsgrundlage", None)


class Body(Record):
    """A public body visitors can turn to."""

    name: OpenText = key("name", "Name")
    attached_to: OpenText | None = key("angesiedelt_bei", "Angesiedelt bei", None)
    address: OpenText | None = key("anschrift", "Anschrift", None)
    mail: OpenMail | None = key("email", "E-Mail", None)
    website: OpenUrl | None = key("website", "Internetauftritt", None)


class Privacy(Record):
    """What visitors are told about the processing of their data."""

    as_of: Day | None = key("stand", "Stand", None)
    controller: OpenText = key("verantwortlich", "Verantwortlich")
    officer: DataProtectionOfficer = key("beauftragte", "Datenschutzbeauftragte")
    hosting: Hosting = key("hosting", "Hosting")
    inquiries: Inquiries | None = key("anfragen", "Anfragen", None)
    public_sources: PublicSources | None = key(
        "oeffentliche_quellen", "Einträge aus öffentlichen Quellen", None
    )
    authority: Body = key("aufsichtsbehoerde", "Aufsichtsbehörde für den Datenschutz")


class Security(Record):
    """Whom to tell of a hole in the security of the site."""

    mail: OpenMail | None = key("email", "E-Mail", None)
    form: OpenUrl | None = key("formular", "Elektronisches Formular", None)


class Barrier(Record):
    """Content that is not accessible, why, and what there is instead."""

    what: Text = key("inhalt", "Inhalt")
    why: Text = key("grund", "Grund")
    instead: Text | None = key("alternative", "Alternative", None)


class Feedback(Record):
    """How barriers are reported."""

    form: OpenUrl = key("formular", "Elektronisches Formular")
    reply_within: OpenText | None = key("frist", "Frist für die Antwort", None)


class AccessibilityStatement(Record):
    """The statement on accessibility."""

    stated: OpenText = key("erklaert_am", "Tag der Erklärung")
    method: OpenText | None = key("pruefverfahren", "Prüfverfahren", None)
    sign_language: OpenFile | None = key(
        "gebaerdensprache", "Video in Deutscher Gebärdensprache (Datei in content/dateien/)", None
    )
    barriers: tuple[Barrier, ...] = key("ausnahmen", "Nicht barrierefreie Inhalte", ())
    feedback: Feedback = key("rueckmeldung", "Rückmeldung")
    monitoring: Body | None = key("ueberwachungsstelle", "Überwachungsstelle", None)
    ombuds: Body = key("ombudsstelle", "Ombudsstelle")


class Criterion(Record):
    """One criterion of WCAG 2.2 and how the site stands by it, by our own assessment."""

    name: Text = key("name", "Name des Kriteriums")
    level: Level = key("stufe", "Stufe")
    state: Standing = key("stand", "Stand")
    assessed: Day | None = key("geprueft", "Tag der Prüfung", None)
    remark: Text | None = key("bemerkung", "Bemerkung", None)
