"""The environment variables Osler reads: one table of names, defaults and meanings.

`settings.py` takes every value from here, and docs/reference/settings.md is generated from the same table,
so a variable that is not listed does not exist.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


class SettingError(ValueError):
    """A variable of the environment holds a value that cannot be read; the message names it."""


@dataclass(frozen=True)
class Option:
    """One environment variable: its name, what holds when it is absent, and what it means."""

    name: str
    default: str
    meaning: str


OPTIONS: tuple[Option, ...] = (
    Option(
        "OSLER_DATA_DIR",
        "var",
        "Folder for everything Osler writes: the SQLite database, uploads, outgoing mail, the secret key. "
        "A relative path starts at the project's root.",
    ),
    Option(
        "OSLER_DATABASE_URL",
        "",
        "`postgresql://user:password@host:5432/name` or `sqlite:///path`. Empty: SQLite in the data folder.",
    ),
    Option(
        "OSLER_REDIS_URL",
        "",
        "`redis://host:6379/0`. Carries live events between several nodes and holds the shared cache. "
        "Empty: one node, in-process.",
    ),
    Option(
        "OSLER_SECRET_KEY",
        "",
        "Signs sessions and live tokens; the same on every node. "
        "Empty: a key is made once and kept in the data folder.",
    ),
    Option(
        "OSLER_PUBLIC_URL",
        "http://localhost:8000",
        "The address people use. With `https://` cookies are secure and HSTS is sent.",
    ),
    Option("OSLER_ALLOWED_HOSTS", "", "Further host names that are answered, separated by commas."),
    Option(
        "OSLER_DEMO",
        "false",
        "The demo world: sign-up without waiting for the e-mail, the style page at /style, plain logs.",
    ),
    Option("OSLER_DEBUG", "false", "Django's debug pages. Never where real people's data is."),
    Option(
        "OSLER_STATIC",
        "source",
        "`source` serves style sheets and scripts from where they are written; `collected` serves what "
        "`osler manage collectstatic` gathered, with hashed names and long caching.",
    ),
    Option(
        "OSLER_MAIL_URL",
        "",
        "`smtp://user:password@host:587?tls=1`, or `ssl=1` for port 465. "
        "Empty: mail is written as files to the data folder.",
    ),
    Option("OSLER_MAIL_FROM", "Osler <osler@localhost>", "The sender of mail."),
    Option("OSLER_LOG_FORMAT", "", "`json` or `plain`. Empty: plain in the demo, JSON elsewhere."),
    Option("OSLER_LOG_LEVEL", "INFO", "The least severe message that is logged."),
    Option(
        "OSLER_LIVE_URL",
        "",
        "Where the live process listens on this machine, for publishing without Redis; `osler run` and "
        "`osler demo` set it. Empty and no Redis: live events are dropped, pages still work.",
    ),
    Option(
        "OSLER_OIDC_ISSUER",
        "",
        "The address of an OpenID Connect provider, as its tokens name it. Empty: there is none.",
    ),
    Option("OSLER_OIDC_CLIENT_ID", "", "What the provider calls this Osler."),
    Option("OSLER_OIDC_SECRET", "", "The secret the provider gave for it."),
    Option("OSLER_OIDC_NAME", "", "What people call the provider, on the button. Empty: its host name."),
    Option(
        "OSLER_OIDC_DOMAINS",
        "",
        "The e-mail domains the provider may speak for, separated by commas. An address there that it calls "
        "verified opens the account of that address; any other is confirmed by mail or linked by hand.",
    ),
    Option(
        "OSLER_UPLOAD_MAX_MB",
        "20",
        "The largest upload that is accepted, in megabytes (1 MB = 1,000,000 bytes).",
    ),
    Option(
        "OSLER_DOCUMENT_KEYS",
        "",
        "Keys for certificates at rest, 32 bytes in base64 each, separated by commas: the first encrypts, "
        "all decrypt, so a new one is put in front. Empty: they are stored as they are.",
    ),
    Option(
        "OSLER_INBOUND_DOMAIN",
        "",
        "The domain of the personal addresses that certificates are mailed to (`record+…@domain`). "
        "Empty: no mail is taken in; the demo uses demo.example.",
    ),
    Option(
        "OSLER_INBOUND_SECRET",
        "",
        "What a mail gateway sends as `Authorization: Bearer …` with a mail. "
        "Empty: only `osler mail receive`.",
    ),
)

_BY_NAME = {option.name: option for option in OPTIONS}


def text(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The value of a listed variable, or its default; surrounding blanks are dropped."""
    option = _BY_NAME[name]
    source = os.environ if environ is None else environ
    return source.get(name, option.default).strip()


def flag(name: str, environ: Mapping[str, str] | None = None) -> bool:
    """A listed variable as yes or no; any other word is refused."""
    value = text(name, environ).lower()
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise SettingError(f"{name} must be true or false, not {value!r}.")


def number(name: str, environ: Mapping[str, str] | None = None) -> int:
    """A listed variable as a whole number above zero."""
    value = text(name, environ)
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise SettingError(f"{name} must be a whole number above zero, not {value!r}.")
    return int(value)


def choice(name: str, allowed: tuple[str, ...], environ: Mapping[str, str] | None = None) -> str:
    """A listed variable that must be one of a few words."""
    value = text(name, environ)
    if value not in allowed:
        raise SettingError(f"{name} must be one of {', '.join(w for w in allowed if w)}, not {value!r}.")
    return value


def names(name: str, environ: Mapping[str, str] | None = None) -> list[str]:
    """A listed variable as a list of words between commas."""
    return [word.strip() for word in text(name, environ).split(",") if word.strip()]


@dataclass(frozen=True)
class Address:
    """The parts of a URL that names a service; `path` comes without its leading slash."""

    scheme: str
    user: str
    password: str
    host: str
    port: int | None
    path: str
    query: Mapping[str, str]


def address(name: str, schemes: tuple[str, ...], environ: Mapping[str, str] | None = None) -> Address | None:
    """A listed variable as the address of a service, or None where it is empty."""
    value = text(name, environ)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise SettingError(f"{name} is not an address: {error}.") from None
    if parts.scheme not in schemes:
        raise SettingError(f"{name} must begin with one of {', '.join(f'{s}://' for s in schemes)}.")
    return Address(
        scheme=parts.scheme,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=parts.hostname or "",
        port=port,
        path=unquote(parts.path[1:]),
        query=dict(parse_qsl(parts.query)),
    )
