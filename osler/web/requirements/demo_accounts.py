"""The people of the demo world, offered on its front page."""

from osler.apps.people.queries import persons_at

DOMAIN = "demo.example"
# Nobody's secret: it opens invented accounts of a demo only, and is the one `osler demo` prints.
PASSWORD = "osler demo"  # noqa: S105
MOST = 12


def demo_context() -> dict[str, object]:
    """What the front page needs to offer them."""
    return {"demo_accounts": persons_at(DOMAIN)[:MOST], "demo_password": PASSWORD}
