"""Whether the public sees what was built, and how old it is: asked of the site, by anybody."""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from partnership.language import german
from partnership.model import addresses

_PATIENCE = 20  # seconds for one answer
_MOST = 2_000_000  # bytes of one answer
# No page of any site has this address.
_NOWHERE = "gibt-es-nicht-7d1f0c2a/"
# What must be alike where something is expected, and how it is called.
_COMPARED: Mapping[str, str] = {
    "commit": "Commit",
    "stand": "Stand der Daten",
    "vorschau": "Vorschau",
    "anzahl": "Anzahl der Einträge und Seiten",
    "daten_sha256": "Prüfsumme der Daten",
}


class NoAddress(ValueError):
    """What is to be watched is no web address; a German sentence."""


class NoStatus(ValueError):
    """What should be a `status.json` is none; a German sentence."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is public in a German sentence, empty where nobody can tell, and every fault found."""

    shown: str
    faults: tuple[str, ...]


def examine(
    url: str, now: datetime, oldest: timedelta, expected: Mapping[str, Any] | None
) -> Health:
    """Look at the site at `url` at `now` (with time zone): it may be as old as `oldest`, and is to
    be what is `expected` (as `status.json` says it), if that is known. Raises NoAddress.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NoAddress(f"„{url}“ ist keine Internetadresse; sie beginnt mit https://.")
    base = url.rstrip("/")
    try:
        status = read_status(_expect(f"{base}/{addresses.STATUS}", 200))
    except (_Fault, NoStatus) as fault:
        return Health("", (str(fault),))
    faults = [*_age(status, now, oldest), *_differing(status, expected or status)]
    for path, code in (("", 200), (_NOWHERE, 404)):
        try:
            _expect(f"{base}/{path}", code)
        except _Fault as fault:
            faults.append(str(fault))
    return Health(_shown(status), tuple(faults))


def read_status(content: bytes) -> Mapping[str, Any]:
    """What a `status.json` says. Raises NoStatus."""
    try:
        said = json.loads(content)
        built = datetime.fromisoformat(said["gebaut"])
        if built.tzinfo is None or not isinstance(said["anzahl"], dict):
            raise ValueError
        return {**{key: said[key] for key in ("name", *_COMPARED)}, "gebaut": built}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NoStatus(f"{addresses.STATUS} ist nicht die Datei, die der Bau schreibt.") from None


class _Fault(Exception):
    """Why an address did not give what it should; a German sentence."""


def _expect(url: str, code: int) -> bytes:
    found, content = _get(url)
    if found != code:
        raise _Fault(f"{url} antwortet mit {found}, erwartet ist {code}.")
    return content


def _get(url: str) -> tuple[int, bytes]:
    headers = {"User-Agent": "partnerschaft-health", "Cache-Control": "no-cache"}
    request = Request(url, headers=headers)  # noqa: S310 - http and https alone
    try:
        with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
            content = answer.read(_MOST + 1)
            if len(content) > _MOST:
                raise _Fault(f"{url} antwortet mit mehr als {_MOST // 1_000_000} MB.")
            return answer.status, content
    except HTTPError as error:
        error.close()
        return error.code, b""
    except URLError as error:
        raise _Fault(f"{url} antwortet nicht: {_why(error.reason)}.") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _Fault(f"{url} antwortet nicht: {_why(error)}.") from None


def _why(error: object) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"sein Zertifikat gilt nicht ({error.verify_message})"
    if isinstance(error, TimeoutError):
        return f"nach {_PATIENCE} Sekunden ist nichts gekommen"
    if isinstance(error, socket.gaierror):
        return "diesen Namen kennt niemand"
    if isinstance(error, ConnectionError):
        return "die Verbindung kommt nicht zustande"
    return f"die Antwort ist nicht zu verstehen ({type(error).__name__})"


def _age(status: Mapping[str, Any], now: datetime, oldest: timedelta) -> list[str]:
    age = now - status["gebaut"]
    if age > oldest:
        return [
            f"Der öffentliche Stand ist {_hours(age)} alt, erlaubt sind {_hours(oldest)}:"
            " Der nächtliche Bau ist wohl ausgeblieben oder fehlgeschlagen."
        ]
    return []


def _differing(status: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    return [
        f"{name}: öffentlich ist {_said(status[key])}, erwartet {_said(expected[key])}."
        for key, name in _COMPARED.items()
        if status[key] != expected[key]
    ]


def _said(value: object) -> str:
    if isinstance(value, dict):
        return german.listing(f"{key} {count}" for key, count in value.items())
    return {None: "unbekannt", True: "ja", False: "nein"}.get(value, str(value))  # type: ignore[call-overload,no-any-return]


def _hours(span: timedelta) -> str:
    return german.counted(int(span / timedelta(hours=1)), "Stunde", "Stunden")


def _shown(status: Mapping[str, Any]) -> str:
    built = status["gebaut"]
    commit = f", Commit {status['commit'][:12]}" if status["commit"] else ""
    return (
        f"Öffentlich ist „{status['name']}“, gebaut am {german.day(german.local_day(built))} um"
        f" {german.clock(built)}{commit}."
    )
