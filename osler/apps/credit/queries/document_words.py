"""Sentences for what the reader of certificates remarks on; the codes are those of ``adapters.documents``."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osler.adapters.documents import Remark
from osler.core.credit.refusal import Refusal

# {0}, {1} … are the remark's values.
REFUSALS: dict[str, Promise] = {
    "empty": _("The file is empty. Nothing was kept."),
    "too-large": _("The file is larger than {0} MB. Nothing was kept; save it smaller and try again."),
    "executable": _("This is a program, not a certificate. It was not opened and not kept."),
    "archive": _("This is an archive. Unpack it and add the certificates inside."),
    "office": _("This is an office document. Save it as PDF and add that."),
    "heic": _(
        "This is a photo in Apple’s format HEIC, which cannot be read here. Export it as JPEG and add that."
    ),
    "other-picture": _("Pictures of this kind cannot be read here. Save it as JPEG or PNG and add that."),
    "unknown": _("This is neither a PDF nor a picture. Add a PDF, JPEG, PNG, TIFF or WebP."),
    "encrypted": _("This PDF is protected by a password. Save it without one and add it again."),
    "broken": _("This file is damaged and cannot be opened. Ask for it once more, or take a photo of it."),
    "bomb": _("This picture unpacks to far more than a certificate holds. It was not opened and not kept."),
    "too-many-pages": _(
        "The file has {0} pages; a certificate has at most {1}. Save the pages that are yours as a file and "
        "add that. Nothing was kept."
    ),
    "too-costly": _("Reading this file took too long or too much memory and was stopped. It was not kept."),
}
REMARKS: dict[str, Promise] = {
    "first-pages": _(
        "The file has {1} pages. The first {0} were read and are shown; the whole file is kept."
    ),
    "no-sight": _(
        "Pictures are not read on this server, so nothing is filled in. Enter what you see; the "
        "file is kept with "
        "it."
    ),
    "sight-failed": _("The picture could not be read. Enter what you see; the file is kept with it."),
    "not-understood": _("The page could not be understood. Enter what you see; the file is kept with it."),
    "no-words": _("No words were found on the page. Enter what you see; the file is kept with it."),
    "no-certificate": _(
        "Neither a date nor credit was found, so this may be no certificate. Check every field."
    ),
    "several-activities": _(
        "The file lists several activities. Choose the values of one, add it, and go on with the next."
    ),
}
WHY: dict[str, Promise] = {
    "awarded": _("awarded"),
    "mentioned": _("mentioned"),
    "maximum": _("the most that could be earned"),
    "completed": _("the day of completion"),
    "held": _("the day it was held"),
    "issued": _("the day the certificate was issued"),
    "unsaid": _("the page does not say of what"),
}


def remark_sentence(remark: Remark) -> str:
    """A remark in words, in the language of whoever reads."""
    return str({**REFUSALS, **REMARKS}[remark.code]).format(*remark.values)


def refusal_of_document(remark: Remark) -> Refusal:
    """A file that is not kept, as the answer to whoever brought it."""
    return Refusal(remark.code, remark_sentence(remark))


def why_words(code: str) -> str:
    """What a candidate is, in words; empty where there is nothing to say."""
    return str(WHY.get(code, ""))
