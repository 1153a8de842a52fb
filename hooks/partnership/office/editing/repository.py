"""Where the editing page keeps what is edited, and how one signs in there."""

import re
from dataclasses import dataclass
from typing import Any

_ON_GITHUB = re.compile(
    r"(?P<server>https://github\.com)/(?P<project>[^/]+/[^/]+)/edit/(?P<branch>.+)"
)
_ON_GITLAB = re.compile(r"(?P<server>https://[^/]+)/(?P<project>.+)/-/edit/(?P<branch>.+)")


@dataclass(frozen=True, slots=True)
class Repository:
    """Where changes go: `service` is github or gitlab, `project` the path of the repository,
    `application` the id under which a GitLab server knows the editing page.
    """

    service: str = "github"
    project: str = "lokal/lokal"
    branch: str = "main"
    server: str = "https://github.com"
    application: str = ""

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the editing page may ask: the Git host and nobody else."""
        if self.service == "github":
            return ("https://api.github.com", "https://github.com")
        return (self.server,)

    def sign_in(self) -> dict[str, Any]:
        """How one signs in, in the CMS's words: with a token of one's own, on a GitLab server that
        knows the page by leave given there (PKCE). Nobody stands between the page and the Git host.
        """
        if self.service == "github":
            # Leave given at GitHub would need a service that keeps a secret, another's or our own.
            return {"auth_methods": ["token"]}
        server = {"base_url": self.server, "api_root": f"{self.server}/api/v4"}
        if not self.application:
            return {**server, "auth_methods": ["token"]}
        leave = {"auth_type": "pkce", "app_id": self.application}
        return {**server, **leave, "auth_methods": ["oauth", "token"]}


def repository(edit_base: str, application: str = "") -> Repository:
    """The repository below whose address `edit_base` files are edited, as in mkdocs.yml.

    Without one the page works with a copy on one's own machine.
    """
    address = edit_base.rstrip("/")
    for service, pattern in (("github", _ON_GITHUB), ("gitlab", _ON_GITLAB)):
        if match := pattern.fullmatch(address):
            return Repository(
                service, match["project"], match["branch"], match["server"], application
            )
    return Repository()
