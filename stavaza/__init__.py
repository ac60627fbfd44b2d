"""Stavaza's domain: what a planning-and-control report is; knows no screen and no Excel."""

__version__ = "0.1.0"
