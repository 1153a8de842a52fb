"""The page for unknown addresses. It stands at no address of its own and is never found."""

from partnership.site.views.shell import PageFrame

ADDRESS = "404.html"


def frame() -> PageFrame:
    """What the page says of itself."""
    return PageFrame(
        address=ADDRESS,
        title="Diese Seite gibt es nicht",
        description="Unter dieser Adresse ist keine Seite zu finden.",
        lead="Vielleicht wurde sie umbenannt, oder die Adresse enthält einen Tippfehler.",
        kind="missing",
        noindex=True,
    )
