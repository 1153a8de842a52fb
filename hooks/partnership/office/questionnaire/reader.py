"""Reads a filled Excel form.

It comes from outside, so it is bounded and looked at before it is opened: no macros, no links to
other files, nothing that unfolds into more than it is. Nothing is computed: of a formula its stored
result counts, as whoever sent it has seen it; one without a result, or with an error, is told.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from partnership.model.problems import Place, Problem, ProblemsFound
from partnership.office.questionnaire import layout
from partnership.office.questionnaire.answer import Filled
from partnership.office.questionnaire.consent import OTHERS
from partnership.office.questionnaire.package import ASK_AGAIN, SAVE_AGAIN, look_at, refused
from partnership.reading.source import Document, Trail, Value

_MOST_ROWS = 1000
_TICKS = frozenset({"x", "ja", "1", "true", "wahr", "✓", "✗"})


def read_workbook(file: Path) -> Filled:
    """The answers in a form. Raises `ProblemsFound` for a file that is none, or is not safe."""
    look_at(file)
    # From memory: openpyxl leaves a file open when it stumbles over one of its parts.
    content = file.read_bytes()
    try:
        shown = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        typed = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    # openpyxl raises whatever its parsers do on a broken part: there is no narrower base.
    except Exception:  # noqa: BLE001
        raise refused(file, "Diese Datei lässt sich nicht lesen.", SAVE_AGAIN) from None
    try:
        return _Form(file, shown, typed).filled()
    except ProblemsFound:
        raise
    except Exception:  # noqa: BLE001 - parts are parsed only when they are asked for
        raise refused(file, "Diese Datei lässt sich nicht lesen.", SAVE_AGAIN) from None
    finally:
        shown.close()
        typed.close()


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the answer in a line belongs."""

    target: str
    question: str
    kind: str
    option: str


@dataclass
class _Form:
    """One reading. Each answer becomes a line of a `Document`, as if it had been typed there."""

    file: Path
    shown: Any
    typed: Any
    lines: list[str] = field(default_factory=list)
    places: dict[Trail, Place] = field(default_factory=dict)
    cells: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def filled(self) -> Filled:
        targets, labels = self._keys()
        data: dict[str, Value] = {}
        figures: dict[str, Value] = {}
        others: dict[str, Value] = {}
        year = ""
        for name in (layout.COMPANY, layout.FIGURES):
            for number, typed, cell in self._answers(name):
                target = targets.get((name, number))
                if target is None:
                    self._problem(cell, typed, "Diese Zeile gehört zu keiner Frage.", ASK_AGAIN)
                    continue
                is_choice = target.kind in {"auswahl", "ja_nein"}
                answer = self._key(labels, typed) if is_choice else typed
                if target.kind == "mehrfach":
                    self._tick(target, answer, cell, others)
                elif target.target == "kennzahlen.jahr":
                    year = answer
                    self._note(("kennzahlen", answer), answer, cell)
                elif target.target.startswith("kennzahlen."):
                    figures[target.target.split(".")[1]] = answer
                    self._note(("kennzahlen", "", target.target.split(".")[1]), answer, cell)
                elif target.target:
                    self._put(data, target.target, answer, cell)
                else:
                    others[target.question] = answer
                    self._note((OTHERS, target.question), answer, cell)
        self._add_figures(data, figures, year)
        if measures := list(self._measures(labels)):
            data["massnahmen"] = measures
        if others:
            data[OTHERS] = others
        for trail, place in list(self.places.items()):
            for length in range(1, len(trail)):  # a group stands where its first answer does
                self.places.setdefault(trail[:length], place)
        document = Document(
            path=self.file.name,
            lines=tuple(self.lines),
            data=data,
            places=self.places,
            keys=self.places,
            problems=tuple(self.problems),
        )
        return Filled(document, self.cells)

    def _keys(self) -> tuple[dict[tuple[str, str], _Target], dict[str, str]]:
        """What the hidden sheet says: line → target, wording → key."""
        if layout.KEYS not in self.shown.sheetnames:
            raise refused(self.file, "Diese Arbeitsmappe ist nicht unser Formular.", ASK_AGAIN)
        targets, labels, version = {}, {}, ""
        for row in self._rows(layout.KEYS, 7):
            kind, *rest = ["" if value is None else str(value) for value in row]
            if kind == layout.VERSION_ROW:
                version = rest[0]
            elif kind == layout.LINE_ROW:
                targets[rest[0], rest[1]] = _Target(*rest[2:6])
            elif kind == layout.LIST_ROW:
                labels[rest[1]] = rest[2]
        if version != layout.FORM_VERSION:
            message = "Dieses Formular hat eine andere Fassung, als gelesen werden kann."
            raise refused(self.file, message, ASK_AGAIN)
        return targets, labels

    def _rows(self, sheet: str, width: int) -> Iterator[tuple[object, ...]]:
        rows = self.shown[sheet].iter_rows(max_row=_MOST_ROWS, max_col=width, values_only=True)
        for row in rows:
            yield (*row, *[None] * (width - len(row)))

    def _texts(self, sheet: str, width: int) -> Iterator[tuple[int, list[str]]]:
        """Row number and the texts in it; a formula without a result is a problem."""
        if sheet not in self.shown.sheetnames:
            message = f"In dieser Arbeitsmappe fehlt das Blatt „{sheet}“."
            raise refused(self.file, message, ASK_AGAIN)
        formulas = self.typed[sheet].iter_rows(max_row=_MOST_ROWS, max_col=width)
        results = self.shown[sheet].iter_rows(max_row=_MOST_ROWS, max_col=width)
        for number, (typed, shown) in enumerate(zip(formulas, results, strict=False), 1):
            texts = [""] * width
            for column, (formula, result) in enumerate(zip(typed, shown, strict=False)):
                # What a formula came to when the form was saved is an answer like any other.
                is_open = formula.data_type == "f" and result.value is None
                if is_open or result.data_type == "e":
                    cell = f"Blatt „{sheet}“, Zelle {get_column_letter(column + 1)}{number}"
                    message = "Hier steht eine Formel statt einer Antwort."
                    self._problem(cell, str(formula.value), message, "Bitte den Wert eintragen.")
                    continue
                texts[column] = _text(result)
            yield number, texts

    def _answers(self, sheet: str) -> Iterator[tuple[str, str, str]]:
        """Number of the question, answer, cell."""
        for row, texts in self._texts(sheet, layout.ANSWER_COLUMN):
            number, answer = texts[layout.NUMBER_COLUMN - 1], texts[layout.ANSWER_COLUMN - 1]
            cell = f"Blatt „{sheet}“, Zelle {get_column_letter(layout.ANSWER_COLUMN)}{row}"
            is_head = (number, answer) == (layout.QUESTION_HEADS[0], layout.QUESTION_HEADS[2])
            is_pointer = answer.startswith("bitte auf dem Blatt „")
            if answer and not is_head and not is_pointer:
                yield number, answer, cell

    def _measures(self, labels: Mapping[str, str]) -> Iterator[Value]:
        rows = list(self._texts(layout.MEASURES, len(layout.COLUMNS)))
        heads = [head for head, _ in layout.COLUMNS]
        if len(rows) < layout.HEAD_ROW or rows[layout.HEAD_ROW - 1][1] != heads:
            message = f"Auf dem Blatt „{layout.MEASURES}“ sind die Überschriften verändert."
            raise refused(self.file, message, ASK_AGAIN)
        index = 0
        for row, texts in rows[layout.HEAD_ROW :]:
            if any(texts):
                yield self._measure(("massnahmen", index), row, texts, labels)
                index += 1

    def _measure(
        self, trail: Trail, row: int, texts: list[str], labels: Mapping[str, str]
    ) -> Value:
        measure: dict[str, Value] = {}
        year = texts[[key for _, key in layout.COLUMNS].index("jahr")]
        for column, (text, (_, key)) in enumerate(zip(texts, layout.COLUMNS, strict=True), 1):
            cell = f"Blatt „{layout.MEASURES}“, Zelle {get_column_letter(column)}{row}"
            if not text:
                continue
            if key in {"typ", "veroeffentlichung"}:
                measure[key] = self._key(labels, text)
            elif key == "umfang":
                measure[key] = {year: text} if year else text
                self._note((*trail, key, year) if year else (*trail, key), text, cell)
            elif key != "jahr":
                measure[key] = text
            elif "umfang" not in measure:
                message = "Zu diesem Jahr fehlt der Umfang."
                self._problem(cell, text, message, "Bitte ergänzen oder das Jahr löschen.")
            self._note((*trail, key), text, cell)
        self._note(trail, " ".join(texts).strip(), f"Blatt „{layout.MEASURES}“, Zeile {row}")
        return measure

    def _key(self, labels: Mapping[str, str], text: str) -> str:
        return labels.get(text, labels.get(" ".join(text.split()), text))

    def _tick(self, target: _Target, answer: str, cell: str, others: dict[str, Value]) -> None:
        if answer.casefold() not in _TICKS:
            message = f"„{answer}“ ist kein Kreuz."
            self._problem(cell, answer, message, "Bitte mit x ankreuzen oder leer lassen.")
            return
        chosen = others.setdefault(target.question, [])
        if isinstance(chosen, list):
            chosen.append(target.option)

    def _put(self, data: dict[str, Value], target: str, answer: str, cell: str) -> None:
        if target == "auskunft.stand":
            data["auskunft"] = [{"stand": answer, "von": "unternehmen"}]
            self._note(("auskunft", 0, "stand"), answer, cell)
            return
        *groups, last = target.split(".")
        inner = data
        for group in groups:
            found = inner.setdefault(group, {})
            if isinstance(found, dict):
                inner = found
        inner[last] = answer
        self._note(tuple(target.split(".")), answer, cell)

    def _add_figures(self, data: dict[str, Value], figures: dict[str, Value], year: str) -> None:
        told = [key for key in figures if key != "veroeffentlichung"]
        if told and not year:
            place = self.places["kennzahlen", "", told[0]]
            message = "Es fehlt die Angabe, für welches Jahr die Kennzahlen gelten."
            self.problems.append(
                Problem(self.file.name, place, "jahr-fehlt", message, "Bitte nachtragen.")
            )
        elif told:
            data["kennzahlen"] = {year: figures}
            for key in figures:
                self.places["kennzahlen", year, key] = self.places.pop(("kennzahlen", "", key))

    def _note(self, trail: Trail, text: str, cell: str) -> Place:
        """Write an answer down as a line of its own, so that a problem can point at it."""
        self.lines.append(" ".join(text.split()))
        place = Place(len(self.lines), 1, max(len(self.lines[-1]), 1))
        self.places[trail] = place
        self.cells[place.line] = cell
        return place

    def _problem(self, cell: str, text: str, message: str, remedy: str) -> None:
        place = self._note(("", len(self.lines)), text, cell)
        self.problems.append(
            Problem(self.file.name, place, "arbeitsmappe", message, remedy, self.lines[-1])
        )


def _as_shown(day: date, number_format: str) -> str:
    """A real date, as exact as it is shown: of a month that is typed, Excel makes its first day."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    if "d" in shown or ("m" not in shown and "y" not in shown):
        return f"{day:%Y-%m-%d}"
    return f"{day:%Y-%m}" if "m" in shown else f"{day:%Y}"


def _text(cell: Any) -> str:
    """What a person reads in the cell, in a spelling the model understands."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):  # a moment is one, too
        return _as_shown(value, str(cell.number_format))
    if isinstance(value, int | float):
        if "%" in str(cell.number_format):
            value *= 100
        # With a comma: a point before exactly three digits could also group thousands.
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value).replace("\r\n", "\n").strip()
