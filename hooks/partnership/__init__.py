"""The web presence of a city-and-business mobility partnership, as a library of eight rooms.

    model → language → reading → figures → checking → office → site → commands, cli

A room imports only from those to its left; `tests/test_rooms.py` reads the imports. Everything
right of the files is a pure function of (data, today): the clock, the root folder and the
environment are arguments. Nothing in here imports a site engine; `hooks/build.py` hands the
results to MkDocs, `cli.py` to the terminal.
"""
