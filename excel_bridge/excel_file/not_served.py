"""Makes every member of xlwings' engine classes that this engine lacks say so clearly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from excel_bridge.errors import NotServedError

_C = TypeVar("_C")


def refuse_the_rest(*bases: type) -> Callable[[type[_C]], type[_C]]:
    """Class decorator: what the xlwings base classes declare and the class does not raises
    `NotServedError`.

    Attributes that an instance sets for itself must be declared in the class body.
    """

    def complete(cls: type[_C]) -> type[_C]:
        own = set(vars(cls)) | set(vars(cls).get("__annotations__", ()))
        for base in bases:
            for name, member in vars(base).items():
                if name not in own and not (name.startswith("__") and name.endswith("__")):
                    setattr(cls, name, _refusal(f"{cls.__name__}.{name}", member))
        return cls

    return complete


def _refusal(member: str, original: object) -> Any:
    def refuse(*_arguments: object, **_options: object) -> Any:
        raise NotServedError(member)

    return property(refuse, refuse) if isinstance(original, property) else refuse
