"""What the law makes a public body say of itself: imprint, data protection, accessibility.

Imprint: § 5 DDG, § 18 MStV. Data protection: article 13 GDPR. Accessibility: §§ 10 to 10e BGG NRW,
BITVNRW, implementing decision (EU) 2018/1523.
"""

from partnership.model.fields import (
    Day,
    OpenFile,
    OpenMail,
    OpenPostcode,
    OpenUrl,
    Record,
    Text,
    choice,
    key,
)


class OfficeAddress(Record):
    """An address that may still have marked gaps."""

    street: Text | None = key("strasse", "Straße und Hausnummer", None)
    postcode: OpenPostcode | None = key("plz", "Postleitzahl", None)
    town: Text | None = key("ort", "Ort", None)


class Imprint(Record):
    """What the law asks of an imprint; phone, mail and form come from the office."""

    provider: Text = key("anbieter", "Anbieterin")
    legal_form: Text | None = key("rechtsform", "Rechtsform", None)
    represented_by: Text = key("vertretung", "Gesetzliche Vertretung")
    address: OfficeAddress = key("anschrift", "Anschrift der Anbieterin")
    vat_id: Text | None = key("ust_id", "Umsatzsteuer-Identifikationsnummer", None)
    supervision: Text | None = key("aufsicht", "Aufsichtsbehörde", None)
    editor: Text | None = key(
        "inhaltlich_verantwortlich", "Verantwortlich für redaktionelle Inhalte", None
    )


class DataProtectionOfficer(Record):
    """Whom to ask about data protection."""

    unit: Text = key("stelle", "Stelle")
    address: Text | None = key("anschrift", "Anschrift", None)
    mail: OpenMail | None = key("email", "E-Mail", None)


class Hosting(Record):
    """Where the site lies and what its server remembers."""

    provider: Text = key("anbieter", "Anbieter")
    place: Text | None = key("ort", "Ort der Server", None)
    contract: Text | None = key("auftragsverarbeitung", "Vertrag zur Auftragsverarbeitung", None)
    log: Text | None = key("protokolldaten", "Protokollierte Zugriffsdaten", None)
    kept_for: Text | None = key("speicherdauer", "Speicherdauer", None)
    legal_basis: Text | None = key("rechtsgrundlage", "Rechtsgrundlage", None)


class Inquiries(Record):
    """How messages to the office are kept."""

    kept_for: Text | None = key("speicherdauer", "Speicherdauer", None)
    legal_basis: Text | None = key("rechtsgrundlage", "Rechtsgrundlage", None)


class Body(Record):
    """A public body visitors can turn to."""

    name: Text = key("name", "Name")
    attached_to: Text | None = key("angesiedelt_bei", "Angesiedelt bei", None)
    address: Text | None = key("anschrift", "Anschrift", None)
    mail: OpenMail | None = key("email", "E-Mail", None)
    website: OpenUrl | None = key("website", "Internetauftritt", None)


class Privacy(Record):
    """What visitors are told about the processing of their data."""

    as_of: Day | None = key("stand", "Stand", None)
    controller: Text = key("verantwortlich", "Verantwortlich")
    officer: DataProtectionOfficer = key("beauftragte", "Datenschutzbeauftragte")
    hosting: Hosting = key("hosting", "Hosting")
    inquiries: Inquiries | None = key("anfragen", "Anfragen", None)
    authority: Body = key("aufsichtsbehoerde", "Aufsichtsbehörde für den Datenschutz")


class Barrier(Record):
    """Content that is not accessible, why, and what there is instead."""

    what: Text = key("inhalt", "Inhalt")
    why: Text = key("grund", "Grund")
    instead: Text | None = key("alternative", "Alternative", None)


class Feedback(Record):
    """How barriers are reported."""

    form: OpenUrl = key("formular", "Elektronisches Formular")
    reply_within: Text | None = key("frist", "Frist für die Antwort", None)


class AccessibilityStatement(Record):
    """The statement on accessibility."""

    stated: Text = key("erklaert_am", "Tag der Erklärung")
    method: Text | None = key("pruefverfahren", "Prüfverfahren", None)
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
    level: choice("A", "AA") = key("stufe", "Stufe")  # type: ignore[valid-type]
    state: choice(  # type: ignore[valid-type]
        "erfuellt", "teilweise", "nicht_erfuellt", "nicht_anwendbar", "nicht_geprueft"
    ) = key("stand", "Stand")
    assessed: Day | None = key("geprueft", "Tag der Prüfung", None)
    remark: Text | None = key("bemerkung", "Bemerkung", None)
