"""What each page shows: sorted, grouped and worded, so that templates decide nothing.

A view is a frozen record of plain values; every text in it is plain text (templates escape it),
except fields called `html`, which hold rendered, safe Markdown.
"""
