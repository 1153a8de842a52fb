"""The model's rules as a small table that the web form's script reads.

The form checks in the browser what the build checks here. It has no list of its own: which test a
value must pass, its expressions, bounds and words are compiled from the model. Rules that look at
several values (`rules.members`) are written a second time in assets/js/form-check.js; a test puts
the same answers before both and compares what they say.
"""

import re
from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from annotated_types import MaxLen
from pydantic import BaseModel, BeforeValidator
from pydantic.types import StringConstraints

from partnership.model import dates, values
from partnership.model.member import STATUSES, Measure, Member
from partnership.model.partnership import Partnership
from partnership.office.questionnaire.spellings import USUAL
from partnership.reading import wording
from partnership.reading.textfile import INVISIBLE

Shape: TypeAlias = str | Mapping[str, Any] | None

# Every character that Python takes for white space; browsers count others.
_SPACE = "".join(
    f"\\u{code:04x}" for code in range(0x10000) if chr(code).isspace() and chr(code) != " "
)
_ASCII_SPACE = r"\t\n\r\f\v"
_SIGN = re.compile(r"\\.|\(\?P<|.", re.DOTALL)

# What a company reads beside a field when a rule is broken.
MESSAGES: Mapping[str, str] = {
    **{
        rule: f"Die Angabe {expected}. Beispiel: {example.strip(chr(34))}"
        for rule, (expected, example) in wording.EXPECTED.items()
    },
    "fehlt": "Diese Angabe ist nötig.",
    "zahl_mehrdeutig": "Diese Zahl kann {tausend} oder {komma} heißen. Bitte genau so schreiben.",
    "datum_unmoeglich": "Dieses Datum gibt es im Kalender nicht. Bitte Tag und Monat prüfen.",
    "string_too_long": "Der Text ist länger als {grenze} Zeichen. Bitte kürzen.",
    "ohne-datum": "Diese Maßnahme hat noch keinen Zeitpunkt. Bitte mindestens einen nennen.",
    "ziel-fehlt": "Eine geplante Maßnahme braucht ein Ziel. Bitte nennen Sie, bis wann sie"
    " umgesetzt sein soll, zum Beispiel {naechstes}.",
    "reihenfolge": "„{danach}“ liegt vor „{davor}“. Bitte eines der beiden Daten berichtigen.",
    "reihenfolge-antwort": "Dieser Zeitpunkt liegt vor dem Tag Ihrer Antwort. Läuft die Maßnahme"
    " schon, gehört sie zu dem, was Sie heute tun; sonst bitte das Ziel berichtigen.",
    "zukunft": "Dieses Datum liegt in der Zukunft. Was erst kommt, gehört zum Ziel einer geplanten"
    " Maßnahme.",
    "auskunft-zukunft": "Dieser Tag liegt in der Zukunft. Bitte das Datum prüfen.",
    "jahr-zukunft": "Dieses Jahr liegt in der Zukunft. Bitte nennen Sie eines, für das es die Zahl"
    " schon gibt.",
    "jahr-vor-beginn": "In diesem Jahr gab es die Maßnahme noch nicht. Bitte das Jahr prüfen oder,"
    " seit wann sie läuft.",
    "umfang-prozent": "Der Umfang ist hier kein Anteil. Bitte die Zahl ohne % angeben.",
    "umfang-unpassend": "Bei diesem Typ wird kein Umfang angegeben.",
    "umfang-zu-gross-anteil": "Der Umfang ist ein Anteil in Prozent: Bitte einen Wert von 0 bis 100"
    " angeben.",
    "umfang-zu-gross-beschaeftigte": "Der Umfang ist größer als die Zahl Ihrer Beschäftigten"
    " ({grenze}). Bitte eine der beiden Zahlen berichtigen.",
    "kennzahl-zu-gross": "Bitte einen Anteil von 0 bis 100 Prozent angeben.",
    "umfang-fehlt": "Zu diesem Jahr fehlt der Umfang. Bitte ergänzen oder das Jahr löschen.",
    "liste-fehlt": "Bitte nennen Sie mindestens eine Maßnahme.",
}


def table(partnership: Partnership) -> Mapping[str, Any]:
    """Everything the script needs to know of the model and the catalogues."""
    asked = {
        (question.target or "").split(".")[0]
        for section in partnership.questionnaire.sections
        for question in section.questions
    } | {"kennzahlen"}
    return {
        "space": f" {_SPACE}",
        "invisible": "".join(map(_escaped, INVISIBLE.pattern)),
        "patterns": {
            name: javascript(pattern)
            for name, pattern in {**values.PATTERNS, **dates.PATTERNS}.items()
        },
        "usual": {
            kind: [[*javascript(pattern), instead] for pattern, instead in found]
            for kind, found in USUAL.items()
        },
        "years": dates.YEARS,
        "shape": _record(Member, asked),
        "steps": STATUSES,
        "titles": {
            str(field.alias): str(field.title)
            for field in Measure.model_fields.values()
            if field.alias in (*STATUSES, "ziel")
        },
        "types": {
            key: {"kind": kind.unit.kind, "atMost": kind.unit.at_most}
            for key, kind in partnership.types.items()
        },
        "figures": {key: figure.kind for key, figure in partnership.questionnaire.figures.items()},
        "messages": MESSAGES,
    }


def _escaped(sign: str) -> str:
    """A sign of an expression as a script may spell it, with the flag `u`."""
    return sign if sign.isascii() and sign.isprintable() else f"\\u{{{ord(sign):x}}}"


def javascript(pattern: re.Pattern[str]) -> tuple[str, str]:
    """An expression of ours in the browser's dialect: its source and its flags.

    Both dialects agree on what we use, but for white space, names and needless escapes.
    """
    space = _ASCII_SPACE if pattern.flags & re.ASCII else _SPACE
    source, in_class = "", False
    for sign in _SIGN.findall(pattern.pattern):
        if sign in "[]":
            in_class = sign == "["
        if sign == r"\s":
            source += f" {space}" if in_class else f"[ {space}]"
        else:
            source += {"(?P<": "(?<", r"\"": '"', r"\'": "'"}.get(sign, sign)
    return source, "iu" if pattern.flags & re.IGNORECASE else "u"


def _record(model: type[BaseModel], asked: set[str] | None = None) -> Shape:
    """The shape of a group of values by key; `asked` limits the keys."""
    keys = {
        str(field.alias): _shape(field.annotation, field.metadata)
        for field in model.model_fields.values()
        if asked is None or field.alias in asked
    }
    needed = [
        str(field.alias)
        for field in model.model_fields.values()
        if field.is_required() and field.alias in keys
    ]
    rest = None
    if model.model_config.get("extra") == "allow":
        hints = get_type_hints(model, include_extras=True)
        rest = _shape(get_args(hints["__pydantic_extra__"])[1])
    return {"keys": keys, "need": needed, "rest": rest}


def _shape(kind: Any, metadata: Sequence[Any] = ()) -> Shape:
    """What a value of the type `kind` must pass: the name of a check, or a shape around others."""
    if get_origin(kind) is Annotated:
        inner, *more = get_args(kind)
        return _shape(inner, (*more, *metadata))
    if get_origin(kind) is Literal:
        return None  # a closed list of answers leaves nothing to check
    for each in metadata:
        if isinstance(each, BeforeValidator):
            return _check(each, metadata)
    if get_origin(kind) in (Union, UnionType):
        shapes = [_shape(part) for part in get_args(kind) if part is not NoneType]
        return shapes[0] if len(shapes) == 1 else {"one": shapes[0], "many": shapes[1]}
    if get_origin(kind) is tuple:
        return {"each": _shape(get_args(kind)[0])}
    if get_origin(kind) is dict:
        key, value = get_args(kind)
        return {"key": _shape(key), "each": _shape(value)}
    return _record(kind)


def _check(validator: BeforeValidator, metadata: Sequence[Any]) -> str:
    """The name of a check, for texts with their greatest length."""
    name = getattr(validator.func, "__name__", "").lstrip("_")
    longest = [each.max_length for each in metadata if isinstance(each, StringConstraints | MaxLen)]
    return f"{name} {longest[0]}" if longest else name
