"""From a file to values with positions: text, YAML and what is wrong with it in an editor's words,
pictures and other attachments and what could run in them, prose and its links, the canonical form.
Knows one file at a time and judges no record by another; imports `model` and `language`.
"""
