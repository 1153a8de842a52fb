"""The web presence of a city-and-business mobility partnership, as a library.

One direction: files → source (values with positions) → load (validated model) → statistics, views
→ pages, exports. Everything right of the files is a pure function of (data, today). Nothing in
here imports a site engine; `hooks/build.py` hands the results to MkDocs, `cli.py` to the terminal.
"""
