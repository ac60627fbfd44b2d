"""The Excel side of Stavaza: links, the three-way sync and an xlwings engine for files."""
