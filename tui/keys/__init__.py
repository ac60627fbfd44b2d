"""The actions of each screen, as data: see `tui.actions`."""
