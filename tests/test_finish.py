"""What every page gets last: lines break where German typesetting allows; nothing else moves."""

import pytest

from partnership.site.finish import finish


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("am 19. November 2026", "am 19.~November 2026"),
        ("um 18:00 Uhr bis 20:00 Uhr", "um 18:00~Uhr bis 20:00~Uhr"),
        ("35 % von 12 km und 3 t", "35~% von 12~km und 3~t"),
        ("nach § 5 und Artikel 6 Absatz 1", "nach §~5 und Artikel~6 Absatz~1"),
        ("z. B. der Verein e. V.", "z.~B. der Verein e.~V."),
        ("sauberer – und leiser", "sauberer~– und leiser"),
        ("3 tolle Räder, 5 gute", "3 tolle Räder, 5 gute"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, kept: str) -> None:
    wanted = kept.replace("~", "\N{NO-BREAK SPACE}")
    assert finish(f"<p>{text}</p>") == f"<p>{wanted}</p>"


def test_attributes_and_texts_for_machines_stay_as_they_are() -> None:
    html = '<p title="am 1. Mai">x</p><code>1. Mai</code><script>"1. Mai"</script>'
    assert finish(html) == html
    assert finish("<title>1. Mai</title>") == "<title>1. Mai</title>"


def test_indentation_goes_but_for_texts_that_show_it() -> None:
    assert (
        finish("<ul>\n    <li>a</li>\n\n  <li>b</li>\n</ul>")
        == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    )
    assert finish("<pre>a\n    b</pre>\n   <p>c</p>") == "<pre>a\n    b</pre>\n<p>c</p>"
