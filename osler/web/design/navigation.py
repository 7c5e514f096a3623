"""The five words of the clinician's menu, and which of them a page belongs to."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Page:
    """One of the pages that a word gathers."""

    label: str | Promise
    url_name: str


@dataclass(frozen=True, slots=True)
class Word:
    """One of the five steps: where it leads, the URL namespaces whose pages belong to it, and the pages it
    gathers where there are several.
    """

    label: str | Promise
    url_name: str
    icon: str
    namespaces: tuple[str, ...]
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str | Promise
    url: str
    icon: str
    is_current: bool


WORDS = (
    Word(
        _("Needs"),
        "requirements:home",
        "target",
        ("requirements", "needs"),
        (
            Page(_("Credentials"), "requirements:home"),
            Page(_("Topics"), "needs:assessment"),
            Page(_("Plan"), "needs:plan"),
            Page(_("Practice"), "needs:practice"),
        ),
    ),
    Word(_("Find"), "catalogue:find", "compass", ("catalogue",)),
    Word(_("Take part"), "delivery:take-part", "users", ("delivery", "learning")),
    Word(_("Record"), "credit:record", "book-open-check", ("credit",)),
    Word(_("Apply"), "outcomes:apply", "sprout", ("outcomes",)),
)


def address_of(url_name: str) -> str:
    """The address called `url_name`, or nothing while no context serves it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def nav_items(request: HttpRequest | None) -> list[NavItem]:
    """The words that lead somewhere, in order. A word appears with its first page and is never a dead end."""
    match = getattr(request, "resolver_match", None)
    here = match.namespaces[0] if match and match.namespaces else ""
    found = [(word, address_of(word.url_name)) for word in WORDS]
    return [NavItem(word.label, url, word.icon, here in word.namespaces) for word, url in found if url]


def word_pages(request: HttpRequest | None) -> list[NavItem]:
    """The pages beside the one that is shown, under the same word; none where the word has only one.

    A page is current with everything whose address begins with its own; the first one with the rest.
    """
    match = getattr(request, "resolver_match", None)
    here = match.namespaces[0] if match and match.namespaces else ""
    word = next((one for one in WORDS if here in one.namespaces), None)
    pages = [(page, url) for page in (word.pages if word else ()) if (url := address_of(page.url_name))]
    if len(pages) < 2 or request is None:
        return []
    current = max(
        (url for _page, url in pages if f"{request.path}/".startswith(f"{url.rstrip('/')}/")),
        key=len,
        default=pages[0][1],
    )
    return [NavItem(page.label, url, "", url == current) for page, url in pages]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One page beside this one; `detail` a few words under its name, `status` the colour of its dot."""

    label: str | Promise
    url: str
    detail: str | Promise = ""
    status: str = ""
