"""What people wrote stays text in a line and in a Markdown file, without a needless mark."""

from __future__ import annotations

import re

import pytest

from assessment.wording.plain_text import as_markdown, in_one_line
from tests.browser.payloads import PAYLOADS


def test_lines_become_one_and_nothing_else_changes() -> None:
    assert in_one_line(" Ana \r\n\n\t asks:\u2028« oui » \x85") == "Ana asks: « oui »"


@pytest.mark.parametrize(
    "text",
    [
        "Up to 10 k€ (2.5 days), below <5 % & 20-30 #12",
        "Ask ana@example.org, or https://jira.example.org/browse/GOV-7?a_b=1&c=2",
        "snake_case, a-b, C:\\temp, R&D, 3.5 + 1 = 4.5! 50 % | 2026",
        "2026 is over. # 1 comes first",
        "«\u202foui\u202f»\u00a0: l’équipe",
    ],
)
def test_what_no_markdown_reads_otherwise_stays_as_it_was_written(text: str) -> None:
    assert as_markdown(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("![ok](https://evil.test/px.png)", r"!\[ok](https://evil.test/px.png)"),
        ("[sign here](//evil.test)", r"\[sign here](//evil.test)"),
        ("[[page]] [^1]", r"\[\[page]] \[^1]"),
        ("<img src=x onerror=fired(1)>", r"\<img src=x onerror=fired(1)>"),
        ("</A><!-- --><?x?>", r"\</A>\<!-- -->\<?x?>"),
        ("**B** _it_ __init__ ~~no~~", r"\*\*B\*\* \_it\_ \_\_init\_\_ \~\~no\~\~"),
        ("`code` $x$", r"\`code\` \$x\$"),
        ("&lt;b&gt; &#60;", r"\&lt;b\&gt; \&#60;"),
        (r"\[x] a\_b end\\", r"\\\[x] a\\\_b end\\\\"),
        ("# Fake", r"\# Fake"),
        ("#", r"\#"),
        ("Team #", r"Team \#"),
        ("> said", r"\> said"),
        ("- [ ] x", r"\- \[ ] x"),
        ("---", r"\---"),
        ("+ x", r"\+ x"),
        ("===", r"\==="),
        ("1. x", r"1\. x"),
        ("2) x", r"2\) x"),
        ("x\n\n# Fake\n- [ ] y", r"x # Fake - \[ ] y"),
    ],
)
def test_what_markdown_would_read_is_escaped(text: str, escaped: str) -> None:
    assert as_markdown(text) == escaped


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_reader_of_markdown_is_shown_the_text_itself(text: str) -> None:
    escaped = as_markdown(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped) == text
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped)
    assert not re.search(r"[`*\[]|<[a-z/!?]|&#?\w+;", bare, re.IGNORECASE)
