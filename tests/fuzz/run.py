"""Feeds one reader what coverage finds: `python -m tests.fuzz.run svg -max_total_time=3600`.

Starts from `corpus/` of that reader and from what earlier runs found (`found/`), and keeps what it
finds in a folder that git does not see. A file that breaks the reader is written as `crash-…`: it
belongs into the corpus, once mended.
"""

import sys
from pathlib import Path
from zipfile import ZipFile

import atheris  # type: ignore[import-not-found]

# What is to be seen from within: ours, and the readers in Python that we build on.
WATCHED = ["partnership", "yaml", "frontmatter", "markdown", "markdown_it", "openpyxl", "PIL"]

with atheris.instrument_imports(include=WATCHED):
    from tests.fuzz.readers import CORPUS, READERS


def main() -> None:
    """Fuzz the reader named first; everything else is an option of libFuzzer."""
    program, name, *options = sys.argv
    found = Path(".fuzz") / name
    found.mkdir(parents=True, exist_ok=True)
    kept = Path(__file__).parent / f"found/{name}.zip"
    if kept.is_file():
        with ZipFile(kept) as archive:
            archive.extractall(found)
    folders = [str(found), str(CORPUS / name)]
    limits = ["-timeout=10", "-rss_limit_mb=2048", f"-artifact_prefix={found}/../"]
    atheris.Setup([program, *limits, *options, *folders], READERS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
