"""Settings of an open and of a protected app, and who comes to them."""

from __future__ import annotations

from assessment.access.policy import policy_of

AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "a",
    "client_secret": "b",
    "server_metadata_url": "http://localhost:1/.well-known/openid-configuration",
}
EDITORS = ["ana@example.org", "@company.example"]
PROTECTED = policy_of({"auth": AUTH, "access": {"editors": EDITORS}})
OPEN = policy_of({})


def somebody(email: str | None = None, **claims: object) -> dict[str, object]:
    """A signed-in identity."""
    return {"is_logged_in": True, "email": email} | claims
