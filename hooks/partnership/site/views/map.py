"""The map of the districts: a figure as a shade, each area a link to the entries behind it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from partnership.model.geodata import Point, Ring, Shapes, centre
from partnership.site.views.tables import RowView, TableView

WIDTH = 640.0
_SHADES = 4


@dataclass(frozen=True, slots=True)
class Area:
    """A district: SVG path data, where its label stands, its figure and shade (0 = none, to 4)."""

    key: str
    label: str
    value_text: str
    path: str
    x: float
    y: float
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map in a view box `width` by `height`; `legend` pairs a shade with the values it means."""

    width: float
    height: float
    areas: tuple[Area, ...]
    legend: tuple[tuple[int, str], ...]


def district_map(shapes: Shapes, table: TableView) -> Map | None:
    """The map of `table`'s figures by district; None where the city has no map, or nothing is
    known of any district: an empty map tells nothing.
    """
    rows = {row.key: row for row in table.rows}
    top = max((rows[key].value for key in shapes if key in rows), default=0)
    if top == 0:
        return None
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # Equirectangular around the middle of the city: over a few kilometres as good as any.
    shrink = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shrink)

    def place(point: Point) -> Point:
        x, y = point
        return round((x - west) * shrink * scale, 1), round((north - y) * scale, 1)

    areas = []
    for key, rings in shapes.items():
        row = rows.get(key)
        if row is None:
            continue
        x, y = place(centre(max(rings, key=len)))
        areas.append(
            Area(
                key,
                row.label,
                row.value_text,
                _path(rings, place),
                x,
                y,
                _shade(row, top),
                row.href,
            )
        )
    return Map(WIDTH, round((north - south) * scale, 1), tuple(areas), _legend(top))


def _path(rings: tuple[Ring, ...], place: Callable[[Point], Point]) -> str:
    """Whole units and steps from point to point: half the bytes, and no seam, as neighbours share
    their points before they are rounded.
    """
    drawn = []
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in map(place, ring)]
        steps = [(x - u, y - v) for (u, v), (x, y) in pairwise(whole) if (x, y) != (u, v)]
        drawn.append(f"M{whole[0][0]} {whole[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps))
    return "".join(f"{path}z" for path in drawn).replace(" -", "-")


def _shade(row: RowView, top: int) -> int:
    """Four equal classes up to the largest figure; nothing has no shade."""
    return math.ceil(row.value * _SHADES / top) if row.value else 0


def _legend(top: int) -> tuple[tuple[int, str], ...]:
    found = [(0, "0")]
    for shade in range(1, _SHADES + 1):
        least, most = top * (shade - 1) // _SHADES + 1, top * shade // _SHADES
        if least <= most:
            found.append((shade, str(most) if least == most else f"{least} bis {most}"))
    return tuple(found)
