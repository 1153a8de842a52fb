"""The style sheet every page loads: what is taken of the theme, and that it means the same."""

import hashlib
import re
from pathlib import Path

from partnership.site import assets
from partnership.site.assets import bundle
from partnership.site.fingerprints import Fingerprints
from partnership.site.publishing.manifest import is_lasting

THEME = (
    '@charset "UTF-8";@import "x.css";@font-face{font-family:x;src:url(x.woff2)}'
    ".md-header,.md-typeset p{margin:0}"
    ".md-nav{color:red}"
    ":root{--md-icon:url('data:image/svg+xml;charset=utf-8,<svg d=\"M0 0(1)}{\"/>');--md-ink:#000}"
    "@media print{.md-typeset a:is(.x,.y){color:#000}.md-tabs{display:none}}"
    "@media screen{.md-tabs{display:none}}"
)


def _bundle(tmp_path: Path, css: str) -> str:
    (tmp_path / "base.css").write_text(css, encoding="utf-8")
    return bundle(THEME, tmp_path)


def test_of_the_theme_only_prose_is_kept(tmp_path: Path) -> None:
    assert _bundle(tmp_path, "").strip() == (
        "@layer theme{.md-typeset p{margin:0}:root{--md-ink:#000}"
        "@media print{.md-typeset a:is(.x,.y){color:#000}}}"
    )


def test_ours_follows_outside_the_layer(tmp_path: Path) -> None:
    css = _bundle(tmp_path, "/* why */\na > b {\n  color: red;\n}\n")
    assert css.endswith("}\na>b{color: red;}")


def test_braces_of_the_real_sheet_are_balanced(city_site: Path) -> None:
    (sheet,) = (city_site / "assets").glob("site.*.css")
    css = sheet.read_text(encoding="utf-8")
    theme = css[: css.index("@font-face")]
    assert theme.count("{") == theme.count("}")
    assert "url(" not in theme
    assert ".md-typeset table" in theme
    assert ".md-header" not in theme


def test_a_line_of_our_sheets_holds_one_declaration(root: Path) -> None:
    sheets = sorted((root / "overrides/assets").rglob("*.css"))
    assert len(sheets) > 10
    for sheet in sheets:
        text = re.sub(
            r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", sheet.read_text("utf-8"), flags=re.DOTALL
        )
        crowded = [line for line in text.splitlines() if line.count(";") + line.count("{") > 1]
        assert crowded == [], sheet.name


def test_the_order_of_the_sheets_knows_each(root: Path) -> None:
    names = {sheet.stem for sheet in (root / "overrides/assets/css").glob("*.css")}
    assert names == set(assets.ORDER)


def test_the_name_of_an_asset_says_what_is_in_it_and_in_what_it_asks_for() -> None:
    def names(style: str) -> list[str]:
        files = {
            "assets/js/a.js": b'import { x } from "./vendor/b.js";import("./vendor/b.js");',
            "assets/js/vendor/b.js": style.encode(),
            "assets/site.css": b'a { src: url("fonts/f.woff2"), url(other.png) }',
            "assets/fonts/f.woff2": b"\0\xff",
        }
        made = Fingerprints(files)
        for path in files:
            name, content = made.of(path)
            assert name.split(".")[1] == hashlib.sha256(content).hexdigest()[:10]
        script = made.of("assets/js/a.js")[1].decode()
        assert script.count(f'"./vendor/{made.of("assets/js/vendor/b.js")[0][17:]}"') == 2
        sheet = made.of("assets/site.css")[1].decode()
        assert f'url("{made.of("assets/fonts/f.woff2")[0][7:]}"), url(other.png)' in sheet
        page = '<a href="https://x.example/assets/site.css"><link href="../assets/site.css">'
        assert made.in_page(page) == page.replace(
            "../assets/site.css", f"../{made.of('assets/site.css')[0]}"
        )
        return [made.of(path)[0] for path in files]

    one, other = names("1"), names("2")
    assert [a == b for a, b in zip(one, other, strict=True)] == [False, False, True, True]


def test_every_asset_of_a_page_is_named_after_its_content(demo_site: Path) -> None:
    pages = "".join(page.read_text("utf-8") for page in demo_site.rglob("*.html"))
    asked = set(re.findall(r'"(?:\.\./)*(assets/[^"]+\.(?:css|js|woff2))"', pages))
    assert len(asked) == 13
    assert {path for path in asked if not is_lasting(path)} == set()
    for path in asked:
        digest = hashlib.sha256((demo_site / path).read_bytes()).hexdigest()
        assert digest.startswith(path.split(".")[-2])
