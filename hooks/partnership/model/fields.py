"""The types of single values, and the base of all records."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from partnership.model import values
from partnership.model.dates import PartialDate


class Record(BaseModel):
    """Base of all records: frozen, strict about unknown keys, filled by German key only."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=False
    )


class FileRecord(Record):
    """A record that is one file: the file's name is its identity and address, the text below the
    front matter its prose. Both come with the validation context (`slug`, `body`, `path`). They are
    kept where attributes are found at once, since statistics ask them hundreds of thousands of
    times; a copy with other values is of the same file.
    """

    _slug: str = PrivateAttr("")
    _body: str = PrivateAttr("")
    _path: str = PrivateAttr("")

    def model_post_init(self, context: Any) -> None:
        """Keep what the file itself says; see the class."""
        if context:
            self._slug, self._body, self._path = context["slug"], context["body"], context["path"]

    @cached_property
    def slug(self) -> str:
        """The file's name without its ending."""
        return self._slug

    @cached_property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self._body

    @cached_property
    def path(self) -> str:
        """The file, relative to the city's folder."""
        return self._path


def key(alias: str, title: str, default: Any = ..., description: str = "") -> Any:
    """One field on one line: German key, German title, default (required without), description."""
    return Field(default, alias=alias, title=title, description=description or title)


def _single(check: Callable[[object], Any]) -> Callable[[object], Any]:
    """Refuse lists and mappings where a single value is due, before `check` sees them."""

    def checked(value: object) -> Any:
        if isinstance(value, list | dict):
            raise values.error("ein_wert")
        return check(value)

    return checked


def _scalar(check: Callable[[object], Any]) -> BeforeValidator:
    """A type's check of a single value, named like it: the web form reads from it what to test."""
    checked = _single(check)
    checked.__name__ = check.__name__
    return BeforeValidator(checked)


def _schema(**words: Any) -> WithJsonSchema:
    return WithJsonSchema(words)


@dataclass(frozen=True, slots=True)
class UpTo:
    """Marks a whole number from 0 to `most`, where more can only be a slip."""

    most: int

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The check, before pydantic's own."""

        def small(value: object) -> int:
            found = values.whole(value)
            if found > self.most:
                raise values.error("zu_viel", most=self.most)
            return found

        return core_schema.no_info_before_validator_function(_single(small), handler(source))

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """What other programs can test."""
        return {"type": "integer", "minimum": 0, "maximum": self.most}


class OneWord:
    """Marks a `Literal`: one word of a closed list, taken whatever its capitals."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The check, before pydantic's own."""
        words: dict[str, str] = {word.casefold(): word for word in get_args(source)}

        def pick(value: object) -> str:
            try:
                return words[str(value).strip().casefold()]
            except KeyError:
                raise values.error("auswahl", words=list(words.values())) from None

        return core_schema.no_info_before_validator_function(_single(pick), handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The words, in the same form for one as for many."""
        found = handler(schema)
        return {"enum": found.get("enum") or [found["const"]]}


ONE_WORD = OneWord()


Text = Annotated[str, _scalar(values.text), StringConstraints(min_length=1, max_length=2000)]
Prose = Annotated[
    str, _scalar(values.paragraphs), StringConstraints(min_length=1, max_length=20000)
]
OpenText = Annotated[
    str, _scalar(values.open_text), StringConstraints(min_length=1, max_length=2000)
]
OpenProse = Annotated[
    str, _scalar(values.open_paragraphs), StringConstraints(min_length=1, max_length=20000)
]
# `1.200` is a number for other readers of YAML, `1 200` a text.
Whole = Annotated[
    int,
    _scalar(values.whole),
    _schema(type=["integer", "number", "string"], format="whole", minimum=0),
]
Number = Annotated[
    Decimal, _scalar(values.number), _schema(type=["number", "string"], format="number")
]
YesNo = Annotated[bool, _scalar(values.yes_no), _schema(enum=["ja", "nein", True, False])]
Year = Annotated[int, _scalar(values.year), _schema(type=["integer", "string"], format="year")]
When = Annotated[
    PartialDate,
    _scalar(values.partial),
    _schema(type=["string", "integer"], format="partial-date", pattern=values.WHEN_TYPED),
]
Day = Annotated[
    date, _scalar(values.day), _schema(type="string", format="day", pattern=values.DAY_TYPED)
]
Moment = Annotated[
    date | datetime,
    _scalar(values.moment),
    _schema(type="string", format="moment", pattern=rf"^(?:{values.CALENDAR_DAY}).*$"),
]
Url = Annotated[str, _scalar(values.url), _schema(type="string", format="uri")]
Mail = Annotated[str, _scalar(values.mail), _schema(type="string", format="email")]
AddressOrText = Annotated[
    str, _scalar(values.address_or_text), StringConstraints(min_length=1, max_length=2000)
]
Postcode = Annotated[str, _scalar(values.postcode), _schema(type="string", pattern=r"^\d{5}$")]
Municipality = Annotated[
    str, _scalar(values.municipality), _schema(type="string", pattern=r"^\d{8}$")
]
Key = Annotated[str, _scalar(values.key), _schema(type="string", pattern=values.KEY.pattern)]
FileName = Annotated[str, _scalar(values.file_name), _schema(type="string")]
OpenUrl = Annotated[str, _scalar(values.or_fill_in(values.url)), _schema(type="string")]
OpenMail = Annotated[str, _scalar(values.or_fill_in(values.mail)), _schema(type="string")]
OpenFile = Annotated[str, _scalar(values.or_fill_in(values.file_name)), _schema(type="string")]
OpenPostcode = Annotated[str, _scalar(values.or_fill_in(values.postcode)), _schema(type="string")]

# A union decided by shape alone, so that an error names the branch the editor meant.
NumberOrYears = Annotated[
    Annotated[Number, Tag("wert")] | Annotated[dict[Year, Number], Tag("jahre")],
    Discriminator(lambda value: "jahre" if isinstance(value, dict) else "wert"),
]
