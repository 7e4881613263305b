"""What squads agreed, as documents set it."""

from __future__ import annotations

from typing import Any

from assessment.wording.agreements import AgreementsPart


def agreed_data(part: AgreementsPart) -> dict[str, Any] | None:
    """A squad's agreements for a layout: each with its state and what stands behind it."""
    if not part.items:
        return None
    return {
        "title": part.title,
        "summary": part.summary,
        "items": [
            {
                "sentence": item.sentence,
                "state": item.status,
                "lines": item.lines,
            }
            for item in part.items
        ],
    }
