"""The exceptions of Stavaza: one class per kind of trouble, under one base."""

from __future__ import annotations

from pathlib import Path


class StavazaError(Exception):
    """Something that stops an action; its text is a sentence for the person who must act."""


class ChangedOnDiskError(StavazaError):
    """A file is no longer what was read: saving it would overwrite somebody's work."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(message)


class SaveRefusedError(StavazaError):
    """A save would not say exactly what was meant, so nothing was written."""


class NotAReportError(StavazaError):
    """The folder holds no report that can be opened."""


class UnknownElementError(StavazaError):
    """There is no element under the name that a person gave; the text says which."""
