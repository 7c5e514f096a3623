"""What Osler keeps about a person, why, and what becomes of it: one table for the notice and for leaving.

The version is the day the notice was last changed in substance; consent to it names that day.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

NOTICE_OF = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data: what it is, what it is for, and what happens to it when the account ends."""

    what: str | Promise
    why: str | Promise
    at_the_end: str | Promise
    is_deleted: bool = True


KEPT: tuple[Kept, ...] = (
    Kept(
        _(
            "Your name, e-mail addresses, profession, degree, specialties, NPI and birth date, "
            "as far as you state them"
        ),
        _("To let you in, to decide which rules apply to you, and to name you on what you print or share."),
        _("Deleted."),
    ),
    Kept(
        _("Your licences, certificates, activities, and the certificates you keep with them"),
        _("To say what is met and what is missing, and to let you prove it."),
        _("Deleted, files included. A certificate you remove goes for good after 90 days, account or not."),
    ),
    Kept(
        _("What you rated, planned and reflected on"),
        _("For your own learning plan. Nobody else reads it."),
        _("Deleted."),
    ),
    Kept(
        _("Messages Osler sent you, and which you switched off"),
        _("So that nothing is sent twice, and you can see what was sent."),
        _("Deleted. Mail that has left the house lies in mailboxes that Osler does not reach."),
    ),
    Kept(
        _("The calendars you let Osler read, whole, as they were last read"),
        _("To propose for your record what in them looks like education."),
        _("Deleted."),
    ),
    Kept(
        _("Links, tokens and addresses you made for others, programs, calendars and mail; what you allowed"),
        _("To open what you let them open and nothing else, and so that you can look it up and end it."),
        _("Deleted. They open nothing from then on."),
    ),
    Kept(
        _(
            "Who is signed in, with which browser and from which address of the network; your password, "
            "passkeys and codes, so that they can be checked and not read"
        ),
        _("To let you in and nobody else, and so that you can see who is in, and end it."),
        _("Deleted. A browser that is signed in is signed out."),
    ),
    Kept(
        _("Who acts for you, and the address at which you asked them"),
        _("So that an assistant can help you, and you can end it."),
        _("Deleted."),
    ),
    Kept(
        _("How often somebody knocked: addresses of the network, and addresses of mail as a hash"),
        _("To stop those who guess passwords and codes."),
        _("Forgotten by themselves within an hour or so, whether or not there is an account."),
    ),
    Kept(
        _("The log of deeds: which account did what and when; each sign-in, wrong ones too, and from where"),
        _("A log that can be thinned out proves nothing. It shows that no record was changed unnoticed."),
        _("The contents are erased. The line stays: a number, a verb and a time, without your name."),
        is_deleted=False,
    ),
    Kept(
        _("What you did for somebody else, as their assistant"),
        _("It belongs to their papers, and they have a right to know who did it."),
        _(
            "Stays in their log under the number of your account, without your name. They also keep the "
            "address at which they asked you."
        ),
        is_deleted=False,
    ),
    Kept(
        _("Copies made for safety"),
        _("Whoever runs this Osler can bring it back after a failure."),
        _("Go with the copy, when its time is over. Ask whoever runs this Osler how long that is."),
        is_deleted=False,
    ),
)


@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    """The privacy notice, for everybody."""
    return render(request, "people/notice.html", {"kept": KEPT, "notice_of": NOTICE_OF})
