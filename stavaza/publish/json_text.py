"""Texts as they stand in JSON, with letters as they are."""

from __future__ import annotations

from json.encoder import encode_basestring

_LONG = 200
_AS_THEY_ARE = bytes(sign for sign in range(32, 256) if chr(sign) not in '"\\')


def quoted(text: str) -> str:
    """A text between quotes; most long ones hold nothing that JSON writes in another way."""
    if len(text) < _LONG or text.encode("utf-8", "surrogatepass").translate(None, _AS_THEY_ARE):
        return encode_basestring(text)
    return f'"{text}"'
