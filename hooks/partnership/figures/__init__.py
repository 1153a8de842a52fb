"""Pure functions of (partnership, day): counts, cross tables, the classes they are told apart by,
how much the entries show at all, yearly sums and what of them may be published, estimates. Each
rule stands in the docstring of its figure. Reads no file, words nothing for a page; imports
`model` and `language`.
"""
