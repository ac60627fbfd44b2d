"""The longest common subsequence of two rows of texts, which merging and showing changes share."""

from __future__ import annotations

from collections.abc import Sequence


def longest_common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The places of items that both have, in order, by the table of lengths.

    It costs the product of the two lengths in time and room.
    """
    lengths = [[0] * (len(right) + 1) for _row in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below = lengths[i], lengths[i + 1]
        for j in range(len(right) - 1, -1, -1):
            same = left[i] == right[j]
            row[j] = below[j + 1] + 1 if same else max(below[j], row[j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
