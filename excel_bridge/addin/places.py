"""Where Excel looks for an add-in that starts with it, and where VBA keeps what it writes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from excel_bridge.addin.settings import settings_file

START_LOG: Final = "stavaza-start.log"
SCRIPT_NAME: Final = "stavaza.applescript"
_MAC_STARTUP: Final = (
    "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
)
_MAC_SCRIPTS: Final = "Library/Application Scripts/com.microsoft.Excel"


def startup_folder(platform: str = sys.platform) -> Path | None:
    """The user's folder from which Excel opens all when it starts; None where there is no Excel.

    On Windows this is XLSTART, which Excel trusts unless a policy says else.
    """
    if platform == "win32":
        roaming = os.environ.get("APPDATA", "").strip()
        base = Path(roaming) if roaming else Path.home() / "AppData" / "Roaming"
        return base / "Microsoft" / "Excel" / "XLSTART"
    return Path.home() / _MAC_STARTUP if platform == "darwin" else None


def script_file(platform: str = sys.platform) -> Path | None:
    """Where macOS lets Excel start a script; None on other systems."""
    return Path.home() / _MAC_SCRIPTS / SCRIPT_NAME if platform == "darwin" else None


def start_log(platform: str = sys.platform) -> Path:
    """The file in which VBA notes that Python could not be started, beside the settings."""
    return settings_file(platform).with_name(START_LOG)
