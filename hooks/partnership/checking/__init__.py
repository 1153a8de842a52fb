"""From a folder to a partnership, or to all problems at once: `load` reads and validates, `rules`
look across records, `gaps` names what is still open. Git is asked by `repository`: for
`history`, what has changed in the entries, for `since`, what a change takes away, and for
`promises`, which goals. Imports every room to its left.
"""
