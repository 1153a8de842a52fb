"""The yearly report as an accessible PDF (PDF/UA-1, ISO 14289-1), made by WeasyPrint.

WeasyPrint is an extra (`pip install partnerschaft[bericht]`): it needs Pango from the system, and
the site is built without it.
"""

from hashlib import sha256
from pathlib import Path

from markupsafe import Markup
from PIL import ImageFile


class NoPrinter(Exception):
    """WeasyPrint or the system's library behind it is not installed."""


def as_pdf(html: Markup, fonts: Path) -> bytes:
    """The rendered report as a PDF; equal bytes for equal reports. Nothing but fonts is read.

    Raises `NoPrinter`.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - an extra; the site is built without it
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise NoPrinter(str(error)) from error
    # WeasyPrint lets broken pictures pass, for the whole process; here they are told as mistakes.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    identifier = sha256(html.encode()).digest()[:16]
    fetcher = URLFetcher(allowed_protocols=["file"])
    document = HTML(string=html, base_url=f"{fonts.resolve().as_uri()}/", url_fetcher=fetcher)
    made = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return bytes(made)
