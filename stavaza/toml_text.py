"""TOML text as plain data with exact decimals: the one place that chooses the parser.

`tomli` is the parser that Python itself carries as `tomllib`, compiled: three times as fast on long
texts. It is kept to the versions that read TOML 1.0, as every other reader of the files does.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import tomli

TomlError = tomli.TOMLDecodeError


def loads(text: str) -> dict[str, Any]:
    """The data of a TOML text. Raises TomlError where it is none.

    RecursionError or ValueError comes of what is nested too deep or has too many digits.
    """
    return tomli.loads(text, parse_float=Decimal)
