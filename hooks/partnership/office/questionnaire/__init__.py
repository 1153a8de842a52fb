"""The questionnaire's way out and in: the Excel form, filled answers, what they change.

Out: `layout` is what the form and its reader agree on, `form` writes it. In, an answer passes
through `package` and `reader` (a workbook) or `answer` alone (a file of the web form), which
understands it with `spellings`; `intake` takes one after the other: `consent`, `matching`, then
`merge` (with `merge_figures`, `merge_measures`) makes the values that `merged` holds, `apart`
parts them where files are public, `trial` tries them on a copy, `retelling` tells what would be
wrong, and `keeping` writes through `edit`.
"""
