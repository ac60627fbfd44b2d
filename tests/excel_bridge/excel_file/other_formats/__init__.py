"""Workbooks in the formats that are read and never written."""
