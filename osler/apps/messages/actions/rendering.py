"""A letter as plain text and as HTML; what stands in one stands in the other.

HTML for mail is made here and not in a template: mail programs read no style sheet, so styles stand in the
elements, which no page of the house may do. Colours and type are those of the design.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from osler.apps.messages.actions.letters import Block, Heading, Letter, Line, Lines, Paragraph, Step

INK, QUIET, ACCENT, LINE, PAPER = "#15242b", "#47575f", "#0d5b4b", "#e5e0d4", "#faf8f3"
TONES = {"met": "#1c7549", "short": "#875400", "overdue": "#a12a1c", "unknown": "#37588a"}
SERIF = "'Source Serif 4', Georgia, 'Times New Roman', serif"
SANS = "Inter, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands under every letter: why it came, and the two ways to have it otherwise.

    Without ``off_url`` it cannot be switched off.
    """

    why: str
    switch_off: str
    off_url: str
    settings_url: str


def as_text(letter: Letter, greeting: str, foot: Foot) -> str:
    """The letter as plain text, addresses on lines of their own. Lines are not broken: whoever shows it knows
    how wide it may be.
    """
    parts = [greeting, *(_text(block) for block in letter.blocks)]
    choose = _("Choose what you are told")
    switch_off = f"{foot.switch_off}:\n{foot.off_url}\n" if foot.off_url else ""
    end = f"{foot.why}\n{switch_off}{choose}:\n{foot.settings_url}"
    return "\n\n".join([*filter(None, parts), f"-- \n{end}\n"])


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, Heading):
        return f"{block.text}\n{block.url}" if block.url else block.text.upper()
    if isinstance(block, Step):
        return f"{block.label}:\n{block.url}"
    return "\n".join(_line_text(line) for line in block.lines)


def _line_text(line: Line) -> str:
    first = f"- {line.what}: {line.amount}" if line.amount else f"- {line.what}"
    return f"{first}\n  {line.detail}" if line.detail else first


def as_html(letter: Letter, greeting: str, foot: Foot, language: str) -> str:
    """The letter as one HTML page that needs nothing from elsewhere: no picture, no script, no tracking."""
    body = [_paragraph(greeting), *(_html(block) for block in letter.blocks)]
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light"><title>{}</title></head>'
        '<body style="margin:0;padding:24px 12px;background:{};color:{};font:15px/1.55 {}">'
        '<div style="max-width:600px;margin:0 auto">'
        '<p style="margin:0 0 16px;font:600 20px/1.2 {};color:{}">Osler.</p>'
        '<div style="background:#ffffff;border:1px solid {};border-radius:12px;padding:24px">'
        '<h1 style="margin:0 0 16px;font:600 22px/1.3 {};color:{}">{}</h1>{}</div>{}</div></body></html>',
        language,
        letter.subject,
        *(PAPER, INK, SANS, SERIF, ACCENT, LINE, SERIF, INK),
        letter.subject,
        SafeString("".join(body)),
        _foot(foot),
    )


def _html(block: Block) -> SafeString:
    if isinstance(block, Paragraph):
        return _paragraph(block.text, is_quiet=block.is_quiet)
    if isinstance(block, Heading):
        if not block.url:
            return format_html(
                '<h2 style="margin:24px 0 8px;font:600 18px/1.35 {}">{}</h2>', SERIF, block.text
            )
        return format_html(
            '<h3 style="margin:16px 0 8px;font:600 15px/1.35 {}"><a href="{}" style="color:{}">{}</a></h3>',
            *(SANS, block.url, ACCENT, block.text),
        )
    if isinstance(block, Step):
        return format_html(
            '<p style="margin:20px 0 4px"><a href="{}" style="display:inline-block;background:{};'
            "color:#ffffff;text-decoration:none;font-weight:600;padding:10px 18px;"
            'border-radius:9px">{}</a></p>',
            block.url,
            ACCENT,
            block.label,
        )
    return _list(block)


def _paragraph(text: str, *, is_quiet: bool = False) -> SafeString:
    look = f"color:{QUIET};font-size:13px" if is_quiet else f"color:{INK}"
    return format_html('<p style="margin:0 0 12px;{}">{}</p>', look, text) if text else SafeString("")


def _list(block: Lines) -> SafeString:
    items = format_html_join(
        "",
        '<li style="margin:0;padding:8px 0;border-top:1px solid {}">{}{}{}</li>',
        ((LINE, line.what, _amount(line), _detail(line)) for line in block.lines),
    )
    return format_html('<ul style="list-style:none;margin:0 0 12px;padding:0">{}</ul>', items)


def _amount(line: Line) -> SafeString:
    if not line.amount:
        return SafeString("")
    return format_html(': <strong style="color:{}">{}</strong>', TONES.get(line.tone, INK), line.amount)


def _detail(line: Line) -> SafeString:
    if not line.detail:
        return SafeString("")
    return format_html('<br><span style="color:{};font-size:13px">{}</span>', QUIET, line.detail)


def _foot(foot: Foot) -> SafeString:
    switch_off = (
        format_html('<a href="{}" style="color:{}">{}</a> · ', foot.off_url, QUIET, foot.switch_off)
        if foot.off_url
        else ""
    )
    return format_html(
        '<p style="margin:16px 4px;color:{};font-size:13px">{} {}<a href="{}" style="color:{}">{}</a></p>',
        *(QUIET, foot.why, switch_off, foot.settings_url, QUIET),
        _("Choose what you are told"),
    )
