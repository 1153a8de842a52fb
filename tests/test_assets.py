"""The style sheet every page loads: what is taken of the theme, and that it means the same."""

from pathlib import Path

from partnership.assets import bundle

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
    css = (city_site / "assets/site.css").read_text(encoding="utf-8")
    theme = css[: css.index("@font-face")]
    assert theme.count("{") == theme.count("}")
    assert "url(" not in theme
    assert ".md-typeset table" in theme
    assert ".md-header" not in theme
