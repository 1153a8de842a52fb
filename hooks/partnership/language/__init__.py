"""German for people: numbers, dates, plurals, sorting, the glossary of keys, Markdown to HTML, and
tables as workbooks. Knows the model's values and nothing of files, figures or pages.
"""
