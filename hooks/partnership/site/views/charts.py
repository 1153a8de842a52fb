"""Geometry of the three kinds of chart; templates only draw what is computed here.

Widths and x are percent of the chart's width, so that a chart fills its place while its text keeps
its size; heights and y are pixels, y growing downwards.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from partnership.language import german

LINE_HEIGHT = 240
_TOP, _BOTTOM = 28, 28
# Room left of the first point for the axis and half a label, right of the last one for half a one.
_FIRST, _LAST = 13.0, 94.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `share` of the longest (0 to 1)."""

    label: str
    value_text: str
    share: float
    href: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, `at` its coordinate."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line; `show` says whether its value is written beside it."""

    x: float
    y: float
    label: str
    value_text: str
    show: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line chart; `path` and `area` are SVG path data in a box 100 wide and `height` high."""

    height: int
    points: tuple[Point, ...]
    ticks_x: tuple[Tick, ...]
    ticks_y: tuple[Tick, ...]
    path: str
    area: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a whole: its `share` (0 to 1) and where it `starts` (0 to 1)."""

    label: str
    value_text: str
    percent_text: str
    share: float
    start: float
    position: int
    href: str


def bars(rows: Sequence[tuple[str, int, str, int]]) -> tuple[Bar, ...]:
    """Bars from (label, value, address, position) relative to the largest value."""
    largest = max((value for _, value, _, _ in rows), default=0) or 1
    return tuple(
        Bar(label, german.number(value), value / largest, href, position)
        for label, value, href, position in rows
    )


def shares(rows: Sequence[tuple[str, int, str, int]]) -> tuple[Segment, ...]:
    """Parts of a whole from (label, value, address, position); empty ones have no segment."""
    total = sum(value for _, value, _, _ in rows)
    segments = []
    start = 0.0
    for label, value, href, position in rows:
        if not value:
            continue
        share = value / total
        segments.append(
            Segment(
                label, german.number(value), german.percent(share), share, start, position, href
            )
        )
        start += share
    return tuple(segments)


def line(rows: Sequence[tuple[str, int]]) -> Line:
    """A line from (label, value) in equal steps, zero at the bottom."""
    top = nice_ceiling(max((value for _, value in rows), default=0))
    base = LINE_HEIGHT - _BOTTOM
    step = (_LAST - _FIRST) / max(len(rows) - 1, 1)
    every = math.ceil(len(rows) / 6)
    # Counted from the end, so that the newest value always has its label.
    shown = {index for index in range(len(rows)) if (len(rows) - 1 - index) % every == 0}

    def height_of(value: int) -> float:
        return round(base - (base - _TOP) * value / top, 1)

    points = tuple(
        Point(
            round(_FIRST + index * step, 2),
            height_of(value),
            label,
            german.number(value),
            index in shown,
        )
        for index, (label, value) in enumerate(rows)
    )
    path = "M" + " L".join(f"{point.x} {point.y}" for point in points) if points else ""
    area = f"{path} L{points[-1].x} {base} L{points[0].x} {base} Z" if points else ""
    return Line(
        LINE_HEIGHT,
        points,
        tuple(Tick(points[index].x, points[index].label) for index in sorted(shown)),
        tuple(Tick(height_of(value), german.number(value)) for value in ticks(top)),
        path,
        area,
    )


def ticks(top: int, most: int = 5) -> tuple[int, ...]:
    """Whole numbers from 0 to `top` in equal steps of 1, 2 or 5 times a power of ten."""
    step = _nice_step(top / most)
    return tuple(range(0, top + 1, step))


def nice_ceiling(value: int, most: int = 5) -> int:
    """The smallest multiple of a nice step that is not below `value`, at least 1."""
    step = _nice_step(value / most)
    return max(math.ceil(value / step) * step, 1)


def _nice_step(rough: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not below `rough`."""
    if rough <= 1:
        return 1
    power = int(10 ** math.floor(math.log10(rough)))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
