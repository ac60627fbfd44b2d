"""The commands of the command line, one module each; `tui.cli` collects them.

A command module has `NAME`, `HELP` (a gettext msgid), `add_arguments(parser)` and
`run(args) -> int`. It must be cheap to import: heavy imports belong inside `run`.
"""

COMMANDS = (
    "demo",
    "new",
    "import_",
    "check",
    "todo",
    "round",
    "year",
    "where",
    "code",
    "publish",
    "excel",
    "diff",
    "history",
    "share",
    "conflicts",
    "stages",
    "remark",
    "version",
    "git_",
    "template",
    "doctor",
)
