"""What every picture must be, whoever shows it: a logo or a picture in a text."""

from decimal import ROUND_UP, Decimal
from pathlib import Path

from partnership.language import german
from partnership.reading.pictures import (
    MAX_BYTES,
    MAX_PIXELS,
    TooIntricate,
    TooManyPixels,
    is_picture,
)

_SMALLER = "Bitte verkleinern, am besten auf höchstens 1000 Pixel Breite, oder als SVG erbitten."
_SIMPLER = "Bitte im Grafikprogramm vereinfachen: Symbole, Muster und Masken in Pfade umwandeln."


def fault(file: Path, name: str) -> tuple[str, str, str] | None:
    """What is wrong with the picture `file`, called `name` in messages: the end of the rule's name,
    message and remedy; None where it is fine.
    """
    try:
        if (size := file.stat().st_size) > MAX_BYTES:
            shown = german.number((Decimal(size) / 1_000_000).quantize(Decimal("0.1"), ROUND_UP))
            allowed = german.number(MAX_BYTES // 1_000_000)
            message = f"Die Datei {name} ist zu groß: {shown} MB, erlaubt sind {allowed} MB."
            return "zu-gross", message, _SMALLER
        is_fine = is_picture(file.name, file.read_bytes())
    except TooIntricate:
        message = f"Die Zeichnung {name} ist zu verwickelt; ein Browser hätte lange an ihr zu tun."
        return "zu-gross", message, _SIMPLER
    except TooManyPixels as error:
        allowed = german.number(MAX_PIXELS // 1_000_000)
        message = f"Das Bild {name} ist zu groß: {error} Pixel, erlaubt sind {allowed} Megapixel."
        return "zu-gross", message, _SMALLER
    except OSError:
        is_fine = False
    if is_fine:
        return None
    return (
        "format",
        f"Die Datei {name} ist nicht das Bild, das ihr Name verspricht.",
        "Bitte im Grafikprogramm neu als SVG, PNG, JPG oder WebP speichern, nicht nur umbenennen.",
    )
