r"""The prose format: a small Markdown, one sentence per line, that people write and git compares.

Paragraphs with an empty line between them, lists with `-` and `1.`, heads with `###`, links
`[text](address)`, `**strong**`, `*emphasis*`; a `\` takes the meaning from the sign behind it, and
at the end of a line breaks that line. Inside a paragraph or an item a newline means a space.
`[[begroting/663884/lasten_primitief_2020]]` is a reference to a figure. All else is text: every
string is valid prose. The text of a file ends with a newline.

The work is done in `prose_source` (lines and blocks), `prose_parts` (what is in a paragraph),
`prose_show` (HTML and plain text) and `prose_edit` (files and text boxes).
"""

from __future__ import annotations

from stavaza.prose_edit import canonical, from_editor, from_plain, to_editor
from stavaza.prose_parts import (
    Block,
    Break,
    Emphasis,
    FigureRef,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Strong,
    Text,
    parse,
)
from stavaza.prose_show import (
    Figure,
    broken_figure,
    paragraphs_html,
    plain_paragraphs,
    sentences,
    to_html,
    to_plain,
    words,
)

__all__ = [
    "Block",
    "Break",
    "Emphasis",
    "Figure",
    "FigureRef",
    "Heading",
    "Inline",
    "Link",
    "ListBlock",
    "Paragraph",
    "Strong",
    "Text",
    "broken_figure",
    "canonical",
    "from_editor",
    "from_plain",
    "paragraphs_html",
    "parse",
    "plain_paragraphs",
    "sentences",
    "to_editor",
    "to_html",
    "to_plain",
    "words",
]
