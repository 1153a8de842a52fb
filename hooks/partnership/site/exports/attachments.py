"""What lies in content/ beside the pages: documents, films, and pictures drawn anew."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from partnership.model.partnership import Partnership
from partnership.reading.attachments import FOLDER, as_published, is_attachment
from partnership.site.exports.file import Export


def files(partnership: Partnership) -> Mapping[str, Path]:
    """Each such file by its address: the city's own, and the shared ones it does not have."""
    found: dict[str, Path] = {}
    for root in filter(None, (partnership.base, partnership.root)):
        content = root / "content"
        for file in sorted((content / FOLDER).rglob("*")):
            path = file.relative_to(content).as_posix()
            if is_attachment(path) and file.is_file():
                found[path] = file
    return found


def exports(partnership: Partnership) -> Iterator[Export]:
    """Each of them as visitors get it; the rules have looked at it."""
    for path, file in files(partnership).items():
        yield Export(path, as_published(path, file.read_bytes()))
