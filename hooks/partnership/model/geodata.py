"""The outlines of the districts, from a GeoJSON file (RFC 7946): longitude before latitude."""

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]
Shapes: TypeAlias = Mapping[str, tuple[Ring, ...]]

# What reading and walking a file raises that is JSON, perhaps, but no map.
_NOT_SHAPES = (
    *(OSError, KeyError, TypeError, IndexError, AttributeError, ValueError),
    *(OverflowError, RecursionError),
)


def read_shapes(file: Path) -> Shapes:
    """The rings of each district, keyed by the property `nummer` as text.

    Raises `ValueError` for a file that is no collection of such areas.
    """
    try:
        found = json.loads(file.read_text("utf-8-sig"), parse_constant=_no_number)
        shapes = {
            str(feature["properties"]["nummer"]): _rings(feature["geometry"])
            for feature in found["features"]
        }
    except json.JSONDecodeError:
        raise  # it knows the line
    except _NOT_SHAPES as error:
        raise ValueError(str(error)) from None
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    if any(len({point[axis] for point in points}) < 2 for axis in (0, 1)):
        raise ValueError("no areas")
    return shapes


def where_broken(error: json.JSONDecodeError) -> tuple[int, int]:
    """Line and column of what breaks a file of JSON.

    A comma after the last entry is the fault itself; before 3.13 Python names what follows it.
    """
    before = error.doc[: error.pos].rstrip()
    if error.doc[error.pos : error.pos + 1] not in {"}", "]"} or not before.endswith(","):
        return error.lineno, error.colno
    before = before[:-1]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _no_number(name: str) -> float:
    raise ValueError(name)


def _rings(geometry: Mapping[str, Any]) -> tuple[Ring, ...]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"no area: {kind}")
    areas = [coordinates] if kind == "Polygon" else coordinates
    rings = tuple(tuple(_point(*each) for each in ring) for area in areas for ring in area)
    if not rings or min(map(len, rings)) < 3:
        raise ValueError("no area")
    return rings


def _point(longitude: float, latitude: float, *_: float) -> Point:
    if not (abs(longitude) <= 180 and abs(latitude) < 90):
        raise ValueError("not on earth")
    return float(longitude), float(latitude)


def centre(ring: Ring) -> Point:
    """The centre of gravity of a ring (shoelace formula)."""
    doubled = [(x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(ring)]
    area = sum(doubled) / 2
    if not area:
        return ring[0]
    pairs = list(zip(doubled, pairwise(ring), strict=True))
    x = sum(d * (a[0] + b[0]) for d, (a, b) in pairs) / (6 * area)
    y = sum(d * (a[1] + b[1]) for d, (a, b) in pairs) / (6 * area)
    return x, y
