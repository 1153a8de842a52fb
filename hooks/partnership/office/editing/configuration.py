"""The configuration of the editing page, in the words of Sveltia CMS."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partnership.model.partnership import Partnership
from partnership.office.editing import forms
from partnership.office.editing.repository import Repository
from partnership.reading.pictures import MAX_BYTES


@dataclass(frozen=True, slots=True)
class _Collection:
    """A folder of pages as the CMS shows it."""

    kind: str
    name: str
    label: str
    one: str
    folder: str
    slug: str
    summary: str
    icon: str


_COLLECTIONS = (
    _Collection(
        "mitglied",
        "mitglieder",
        "Mitglieder",
        "Mitglied",
        "members",
        "{{name}}",
        "{{name}}",
        "apartment",
    ),
    _Collection(
        "veranstaltung",
        "veranstaltungen",
        "Veranstaltungen",
        "Veranstaltung",
        "data/veranstaltungen",
        "{{beginn | truncate(10)}}-{{titel}}",
        "{{beginn}} {{titel}}",
        "event",
    ),
    _Collection(
        "nachricht",
        "aktuelles",
        "Aktuelles",
        "Nachricht",
        "content/aktuelles",
        "{{year}}-{{month}}-{{day}}-{{titel}}",
        "{{titel}}",
        "newspaper",
    ),
)
_BODIES = {
    "mitglied": "Kurzes Profil",
    "veranstaltung": "Programm",
    "nachricht": "Text der Nachricht",
}


# The editor for the text of news: what a page can show, and Markdown itself for everything else.
_EDITOR: Mapping[str, Any] = {
    "widget": "markdown",
    "buttons": [
        *("bold", "italic", "link", "heading-two", "heading-three", "quote"),
        *("bulleted-list", "numbered-list"),
    ],
    "editor_components": [],
    "modes": ["rich_text", "raw"],
}


def configuration(partnership: Partnership, repository: Repository) -> Mapping[str, Any]:
    """The CMS's configuration; its words are those of Sveltia CMS."""
    backend: dict[str, Any] = {
        "name": repository.service,
        "repo": repository.project,
        "branch": repository.branch,
        "commit_messages": {
            "create": "{{slug}} angelegt",
            "update": "{{slug}} geändert",
            "delete": "{{slug}} gelöscht",
            "uploadMedia": "Datei {{path}} hinzugefügt",
            "deleteMedia": "Datei {{path}} gelöscht",
        },
    }
    backend |= repository.sign_in()
    return {
        "load_config_file": False,
        "backend": backend,
        # A change becomes a merge request of its own, which the check comments on.
        "publish_mode": "editorial_workflow",
        "app_title": f"Redaktion {partnership.city.name}",
        "logo": {"src": "../assets/icon.svg", "show_in_header": True},
        "media_libraries": {
            "default": {"config": {"max_file_size": MAX_BYTES, "slugify_filename": True}},
            "stock_assets": {"providers": []},
        },
        "media_folder": f"/{forms.LOGOS}",
        "public_folder": f"/{forms.LOGOS}",
        "slug": {
            "encoding": "ascii",
            "clean_accents": True,
            "maxlength": 60,
            "timezone": "local",
        },
        "output": {"omit_empty_optional_fields": True},
        "collections": [_collection(each, partnership) for each in _COLLECTIONS],
    }


def _collection(each: _Collection, partnership: Partnership) -> Mapping[str, Any]:
    is_news = each.kind == "nachricht"
    body = {"name": "body", "label": _BODIES[each.kind], "required": is_news}
    body |= _EDITOR if is_news else {**_EDITOR, "modes": ["raw"], "hint": "Text in Markdown."}
    made: dict[str, Any] = {
        "name": each.name,
        "label": each.label,
        "label_singular": each.one,
        "icon": each.icon,
        "description": "Wie es geht, steht im [Handbuch](handbuch/).",
        "folder": each.folder,
        "create": True,
        # Members that leave and events that are cancelled keep their files.
        "delete": is_news,
        "format": each.kind,
        "slug": each.slug,
        "summary": each.summary,
        "identifier_field": "name" if each.kind == "mitglied" else "titel",
        "fields": [*forms.fields_of(each.kind, partnership), body],
    }
    if is_news:
        # The folder's own page is none of the news; the script marks it.
        made["filter"] = {"field": "art", "value": each.kind}
        made["fields"] = [
            *made["fields"],
            {"name": "art", "widget": "hidden", "default": each.kind},
        ]
    return made
