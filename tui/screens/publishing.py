"""Publishing the pages from the app: where they go is shown first, what was made after.

It works on the report as its files are, opened anew, so that it can run beside the screens.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from textual.content import Content

from stavaza.display import harmless, harmless_lines
from stavaza.i18n import _, ngettext
from stavaza.tree import Moment, Report
from tui.screens.periods import opened_anew
from tui.settings import published_in, remember_published
from tui.widgets.plan_dialog import Asked, PlanDialog, Preview

_FOLDER = "publicatie"


def publish_dialog(report: Report, moment: Moment) -> PlanDialog:
    """Asks for the folder, the one used last to begin with, and publishes `moment` into it."""
    root = report.root
    folder = published_in(root) or root / _FOLDER
    asked = (Asked("folder", _("Folder for the pages"), str(folder)),)
    title = _("Publish the pages")
    return PlanDialog(title, asked, lambda values: _plan(report, moment, values))


def _plan(report: Report, moment: Moment, values: Mapping[str, str]) -> Preview:
    from stavaza.publish import PublishError
    from stavaza.publish.folder import refuse_unfit
    from stavaza.publish.manifest import MANIFEST
    from tui.commands.common import named_folder

    root = report.root
    if not values["folder"]:
        raise PublishError(_("Name a folder for the pages; it need not exist."))
    out = named_folder(root / Path(values["folder"]).expanduser())
    refuse_unfit(out)
    goes = _("The pages of “{moment}” go into {folder}.").format(moment=moment.label, folder=out)
    parts = [Content.styled(harmless(goes), "bold")]
    if (out / MANIFEST).exists():
        parts.append(Content(_("They are there already; what did not change is left as it is.")))
    elif not out.exists():
        parts.append(Content(_("This folder is new.")))
    else:
        parts.append(Content(_("The files of others in this folder stay as they are.")))
    return Preview(Content("\n").join(parts), _("Publish"), lambda: _publish(root, out, moment))


def _publish(root: Path, out: Path, moment: Moment) -> str:
    from stavaza.publish import publish
    from tui.commands.publish import lines_on

    result = publish(opened_anew(root), out, moment.key)
    remember_published(root, out)
    told = list(lines_on(result, out))
    serious = [finding for finding in result.findings if finding.severity != "info"]
    if serious:
        said = ngettext(
            "{n} finding is about these pages; see the list of findings (a).",
            "{n} findings are about these pages; see the list of findings (a).",
            len(serious),
        )
        told += ["", said.format(n=len(serious))]
    return harmless_lines("\n".join(told))
