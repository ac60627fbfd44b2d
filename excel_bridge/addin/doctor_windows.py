"""What the policies of Windows say about macros and programs that Excel starts."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any, Final, Literal

Hive = Literal["HKLM", "HKCU"]

CHILD_RULE: Final = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
"""Defender's rule "Block all Office applications from creating child processes"."""
_DEFENDER: Final = (
    r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
_MANAGER: Final = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
_POLICY: Final = r"Software\Policies\Microsoft\Office\16.0"
_OWN: Final = r"Software\Microsoft\Office\16.0"
_BLOCK: Final = "1"
_BLOCKED_AND_WARNED: Final = (_BLOCK, "6")


class Registry:
    """The registry of this computer; empty on a system that has none."""

    def value(self, hive: Hive, key: str, name: str) -> str:
        """A value as text; '' where there is none."""
        try:
            winreg: Any = importlib.import_module("winreg")
        except ImportError:  # not Windows
            return ""
        root = winreg.HKEY_LOCAL_MACHINE if hive == "HKLM" else winreg.HKEY_CURRENT_USER
        try:
            with winreg.OpenKey(root, key) as opened:
                found, _kind = winreg.QueryValueEx(opened, name)
        except OSError:
            return ""
        return str(found)


def child_processes_blocked(registry: Registry) -> bool:
    """Whether Defender keeps Office from starting other programs."""
    if any(registry.value("HKLM", key, CHILD_RULE) in _BLOCKED_AND_WARNED for key in _DEFENDER):
        return True
    rules = registry.value("HKLM", _MANAGER, "ASRRules").lower().split("|")
    return any(f"{CHILD_RULE}={state}" in rules for state in _BLOCKED_AND_WARNED)


def macros_forbidden(registry: Registry, *, trusted_place: bool, signed: bool) -> str:
    """The policy that keeps the add-in from running, as IT knows it; '' where none does.

    `trusted_place`: the add-in is in a folder that Excel trusts of itself.
    """
    return next(_forbidding(registry, trusted_place=trusted_place, signed=signed), "")


def _forbidding(registry: Registry, *, trusted_place: bool, signed: bool) -> Iterator[str]:
    for hive in _HIVES:
        if registry.value(hive, rf"{_POLICY}\Common", "VBAOff") == "1":
            yield "VBAOff = 1"
    security = [rf"{_POLICY}\Excel\Security", rf"{_OWN}\Excel\Security"]
    for key in security:
        if registry.value("HKCU", key, "DisableAllAddins") == "1":
            yield "DisableAllAddins = 1"
        if registry.value("HKCU", key, "RequireAddinSig") == "1" and not signed:
            yield "RequireAddinSig = 1"
    untrusted = not trusted_place or any(
        registry.value("HKCU", rf"{key}\Trusted Locations", "AllLocationsDisabled") == "1"
        for key in security
    )
    for key in security if untrusted else ():
        level = registry.value("HKCU", key, "VBAWarnings")
        if level == "4" or (level == "3" and not signed):
            yield f"VBAWarnings = {level}"


_HIVES: Final[tuple[Hive, ...]] = ("HKLM", "HKCU")
