"""An xlwings engine for .xlsx and .xlsm files without Excel: reads lazily, writes back only the
changed cells.
"""
