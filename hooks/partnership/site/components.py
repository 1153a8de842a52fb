"""What pages are made of that others have made: the one list behind the page of licences and behind
the bill of materials. A test holds it against the files, their packages and the locks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from partnership.model import addresses
from partnership.site import engine

Licence = Literal["Apache-2.0", "EUPL-1.2", "MIT", "OFL-1.1"]
_NAMES: Mapping[Licence, str] = {
    "Apache-2.0": "Apache License 2.0",
    "EUPL-1.2": "European Union Public Licence (EUPL) 1.2",
    "MIT": "MIT-Lizenz",
    "OFL-1.1": "SIL Open Font License 1.1",
}


@dataclass(frozen=True)
class Component:
    """A work within the pages. `use` says in German what it is for; `package` is where it is from,
    as a package URL; `files` are its files and `texts` those of its licence, both relative to the
    engine's folder.
    """

    key: str
    name: str
    use: str
    holder: str
    licence: Licence
    website: str
    package: str
    files: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def version(self) -> str:
        """As its package counts; empty where the lock of the environment says it."""
        return self.package.partition("@")[2] if self.package.count("@") == 1 else ""

    @property
    def licence_name(self) -> str:
        """The licence as people call it."""
        return _NAMES[self.licence]

    @property
    def address(self) -> str:
        """Where visitors read its licence."""
        return f"{addresses.LICENCES}{self.key}.txt"

    @cached_property
    def wording(self) -> bytes:
        """What its licence says."""
        return b"\n\n".join((engine.FOLDER / text).read_bytes().strip() for text in self.texts)


_SYMBOLS = "overrides/symbols/material"

SOFTWARE = Component(
    key="software",
    name="Software dieser Website",
    use="Erzeugt die Seiten; dazu gehören auch ihre Gestaltung und ihre Skripte.",
    holder="den Beitragenden des Projekts",
    licence="EUPL-1.2",
    website="",
    package="",
    files=(),
    texts=("LICENSE",),
)
BUNDLED = (
    Component(
        key="fira-sans",
        name="Fira Sans",
        use="Schrift aller Seiten, gekürzt auf die Zeichen, die hier vorkommen können.",
        holder="The Mozilla Foundation und Telefonica S.A.",
        licence="OFL-1.1",
        website="https://github.com/mozilla/Fira",
        package="pkg:npm/%40fontsource/fira-sans@5.3.0",
        files=(
            "overrides/assets/fonts/fira-sans-400.woff2",
            "overrides/assets/fonts/fira-sans-600.woff2",
        ),
        texts=("overrides/assets/fonts/fira-sans.LICENSE.txt",),
    ),
    Component(
        key="minisearch",
        name="MiniSearch",
        use="Findet, was Sie in der Suche eingeben; wird erst dann geladen.",
        holder="Luca Ongaro",
        licence="MIT",
        website="https://github.com/lucaong/minisearch",
        package="pkg:npm/minisearch@7.2.0",
        files=("overrides/assets/js/vendor/minisearch.js",),
        texts=("overrides/assets/js/vendor/minisearch.LICENSE.txt",),
    ),
    Component(
        key="symbole",
        name="Material Design Icons",
        use="Die Symbole auf Schaltflächen und für die Handlungsfelder.",
        holder="Pictogrammers",
        licence="Apache-2.0",
        website="https://pictogrammers.com",
        package="pkg:pypi/mkdocs-material",
        files=tuple(
            f"{_SYMBOLS}/{name}.svg"
            for name in (
                *("account-group", "bike", "briefcase", "car-electric", "leaf", "magnify"),
                *("menu", "theme-light-dark", "truck-delivery"),
            )
        ),
        texts=(f"{_SYMBOLS}/LICENSE", f"{_SYMBOLS}/Apache-2.0.txt"),
    ),
    Component(
        key="material-for-mkdocs",
        name="Material for MkDocs",
        use="Grundlage dafür, wie längere Texte gesetzt sind.",
        holder="Martin Donath",
        licence="MIT",
        website="https://squidfunk.github.io/mkdocs-material/",
        package="pkg:pypi/mkdocs-material",
        files=(),
        texts=("overrides/licences/material-for-mkdocs.txt",),
    ),
)
COMPONENTS = (SOFTWARE, *BUNDLED)
