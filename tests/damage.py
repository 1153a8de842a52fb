"""A file after a few slips of the hand, for tests that feed readers what nobody means to write."""

from hypothesis import strategies as st

# Characters that mean something to YAML, to Unicode or to our own types are tried more often.
PIECES = st.one_of(
    st.sampled_from(
        [
            *(b": ", b":", b"- ", b"-", b"\n", b"\n  ", b"\n\t", b"\t", b" ", b"'", b'"', b"#"),
            *(b"{", b"}", b"[", b"]", b",", b"&a", b"*a", b"!a", b"|", b">", b"%", b"@", b"`"),
            *(b"?", b"? ", b"---\n", b"...\n", b"~", b"\\", b"<<: ", b"\r\n", b"\r", b"\0"),
            *("ä".encode(), "ä".encode("cp1252"), "\u2028".encode(), "\x85".encode()),
            *("\ufeff".encode(), "\ufffe".encode(), "😀".encode(), "٣".encode(), b"9" * 300),
            *(b"31.02.2024", b"1.200", b"spaetestens ", b"2026-12-03 25:99", b"[[" * 9),
        ]
    ),
    st.binary(min_size=1, max_size=4),
    st.text(min_size=1, max_size=4).map(lambda text: text.encode("utf-8", "replace")),
)


@st.composite
def damaged(draw: st.DrawFn, original: bytes) -> bytes:
    """`original` after a few slips of the hand: characters and lines deleted, doubled, replaced."""
    content = original
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        if draw(st.booleans()):
            lines = content.split(b"\n")
            number = draw(st.integers(0, len(lines) - 1))
            slip = draw(st.sampled_from(["drop", "double", "indent", "outdent", "empty"]))
            lines[number : number + 1] = {
                "drop": [],
                "double": [lines[number]] * 2,
                "indent": [b"  " + lines[number]],
                "outdent": [lines[number][1:]],
                "empty": [lines[number].split(b":")[0] + b":"],
            }[slip]
            content = b"\n".join(lines)
        else:
            content = content[:at] + draw(PIECES) + content[at + draw(st.integers(0, 8)) :]
    return content
