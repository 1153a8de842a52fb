"""From a built site to what the public sees: a release is sent whole, then the public one changes
to it, then it is looked at; what fails leaves the public one as it was.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from partnership.site.publishing.manifest import Manifest, describe, lending


class NotPublished(Exception):
    """Why nothing has changed for the public; a German sentence."""


class Store(Protocol):
    """A place that keeps releases and shows one of them. Its methods raise NotPublished."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes out; first finish what an interrupted one has left."""

    def releases(self) -> Sequence[Manifest]:
        """Every release that is there whole, the oldest first."""

    def current(self) -> str | None:
        """The name of the release that is public."""

    def send(self, site: Path, manifest: Manifest) -> None:
        """Bring the release there; it is not public yet."""

    def lend(self, manifest: Manifest) -> None:
        """Bring into a release that is there whole what it keeps of others by now."""

    def switch(self, manifest: Manifest) -> None:
        """Make the release, which is there whole, the public one."""

    def differing(self, manifest: Manifest) -> Sequence[str]:
        """The public files that are not what `manifest` says."""

    def drop(self, unwanted: Sequence[Manifest]) -> None:
        """Remove releases."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes public: a release, the one before it, and how their files differ."""

    release: Manifest
    before: Manifest | None

    @property
    def added(self) -> int:
        """How many addresses are new."""
        return len(self.release.files.keys() - self._old.keys())

    @property
    def changed(self) -> int:
        """How many files are other than before."""
        return sum(
            1
            for path, digest in self.release.files.items()
            if self._old.get(path, digest) != digest
        )

    @property
    def removed(self) -> int:
        """How many addresses are no more."""
        return len(self._old.keys() - self.release.everything.keys())

    @property
    def _old(self) -> dict[str, str]:
        return dict(self.before.files) if self.before else {}


def publish(store: Store, site: Path, now: datetime, keep: int, *, dry: bool) -> Change:
    """Make the built `site` the public one; the last `keep` releases stay there. A `dry` run only
    says what would change.
    """
    with store.alone():
        earlier = store.releases()
        before = _named(store.current(), earlier)
        try:
            release = describe(site, now, earlier[-keep:])
        except ValueError as error:
            raise NotPublished(str(error)) from error
        change = Change(release, before)
        if before and before.digest == release.digest:
            change = Change(before, before)  # the same files: nothing to send, but to look at
        if dry:
            return change
        if change.release is not before:
            store.send(site, release)
        _show(store, change)
        store.drop(_unwanted([*earlier, change.release], change.release, keep))
    return change


def roll_back(store: Store, name: str | None, *, dry: bool) -> Change:
    """Make an earlier release the public one: that called `name`, else the one before."""
    with store.alone():
        there = store.releases()
        before = _named(store.current(), there)
        if name is None:
            earlier = [each for each in there if before and each.release < before.release]
            chosen = earlier[-1] if earlier else None
        else:
            chosen = _named(name, there)
        if chosen is None:
            names = ", ".join(each.release for each in there) or "keine"
            raise NotPublished(f"Diese frühere Fassung gibt es dort nicht. Vorhanden: {names}.")
        change = Change(lending(chosen, before) if before else chosen, before)
        if not dry:
            if change.release != chosen:
                store.lend(change.release)
            _show(store, change)
    return change


def _named(name: str | None, there: Sequence[Manifest]) -> Manifest | None:
    return next((each for each in there if each.release == name), None)


def _show(store: Store, change: Change) -> None:
    """Switch, look, and switch back where it is not what was sent."""
    if store.current() != change.release.release:
        store.switch(change.release)
    wrong = store.differing(change.release)
    if not wrong:
        return
    back = change.before if change.before is not change.release else None
    if back:
        store.switch(back)
    named = ", ".join(wrong[:3]) + (" …" if len(wrong) > 3 else "")
    after = (
        f"Öffentlich ist wieder {back.release}." if back else "Bitte noch einmal veröffentlichen."
    )
    raise NotPublished(f"{len(wrong)} Dateien kamen nicht so an wie gebaut: {named}. {after}")


def _unwanted(there: Sequence[Manifest], public: Manifest, keep: int) -> Sequence[Manifest]:
    """What is neither public nor among the last `keep`."""
    last = {each.release for each in sorted(there, key=lambda each: each.release)[-keep:]}
    return [each for each in there if each.release not in {*last, public.release}]
