"""xlwings' own Windows module, loaded with stand-ins for pywin32: its exit handler does not run and
its attempts end.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STAND_INS = """
import atexit, ctypes, ctypes.util, os, sys, types

registered = []
real = atexit.register
atexit.register = lambda function, *a, **k: registered.append(function) or real(function, *a, **k)

class Anything:
    def __init__(self, *a, **k): pass
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()
    def __call__(self, *a, **k): return Anything()

class Module(types.ModuleType):
    __file__ = None
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Anything,), {})
        setattr(self, name, made)
        return made

names = ("pywintypes win32api win32con pythoncom win32com win32com.client win32gui win32process "
         "win32timezone")
for name in names.split():
    sys.modules[name] = Module(name)
sys.modules["win32com"].client = sys.modules["win32com.client"]
sys.modules["pywintypes"].com_error = type("com_error", (Exception,), {})
sys.modules["pythoncom"].__file__ = "pythoncom.dll"
sys.modules["pythoncom"].ole_error = sys.modules["pywintypes"].com_error
ctypes.windll = ctypes.oledll = Anything()
ctypes.PyDLL = lambda *a, **k: Anything()
import xlwings
from xlwings import _xlwindows
"""

EXIT_HANDLER = """
assert _xlwindows.cleanup in registered
def kills():
    print("killed")
_xlwindows.Apps.cleanup = staticmethod(kills)
"""

TAME = """
from excel_bridge.live import tame_xlwings
assert _xlwindows.N_COM_ATTEMPTS == 0
tame_xlwings(_xlwindows)
print("attempts", _xlwindows.N_COM_ATTEMPTS)
"""

REJECTED = """
attempts = []
class Rejecting:
    def Calculate(self):
        attempts.append(1)
        error = _xlwindows.pywintypes.com_error(-2147418111, "busy", None, None)
        error.hresult = -2147418111
        raise error
try:
    _xlwindows.COMRetryMethodWrapper(Rejecting().Calculate)()
except _xlwindows.pywintypes.com_error:
    print("gave up after", len(attempts))
"""

ENGINE = """
from excel_bridge import live
xlwings.engines.add(xlwings.Engine(impl=types.SimpleNamespace(name="excel", type="desktop")))
live._ON_WINDOWS = True
live._excel_is_installed = lambda: True
assert live.excel_engine().name == "excel"
print("attempts", _xlwindows.N_COM_ATTEMPTS)
"""


def run(*pieces: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "\n".join((STAND_INS, *pieces))],
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_us_the_exit_handler_runs() -> None:
    assert "killed" in run(EXIT_HANDLER)


@pytest.mark.parametrize("piece", [TAME, ENGINE])
def test_with_us_it_does_not_and_attempts_are_counted(piece: str) -> None:
    out = run(EXIT_HANDLER, piece)
    assert "killed" not in out
    assert int(out.split("attempts")[1]) > 0


def test_a_call_that_excel_keeps_rejecting_ends() -> None:
    out = run(TAME, REJECTED)
    assert 1 < int(out.split("gave up after")[1]) <= 20
