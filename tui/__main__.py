"""Runs Stavaza as `python -m tui`, for machines that block unknown executables."""

from tui.cli import run

if __name__ == "__main__":
    run()
