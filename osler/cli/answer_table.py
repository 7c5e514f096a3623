"""An assessment as a person reads it in a terminal: one sentence, then each credential, then what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from osler.cli.terminal import NARROW, STYLES, console, day_words, status_words
from osler.core.credit.amount import TICKS, amount_text, round_down
from osler.core.rules.answer import (
    Assessment,
    CredentialAnswer,
    NotCounted,
    Question,
    RequirementAnswer,
    Status,
)
from osler.core.rules.record import CreditRecord
from osler.requirement_sets.description import plural
from osler.requirement_sets.fault import printable
from osler.requirement_sets.freshness import is_stale
from osler.requirement_sets.loader import SetLibrary
from osler.requirement_sets.vocabulary import question_for

_MOST_LINES_PER_REASON = 3
_MOST_NAMED = 4
_WORDS = dict(
    enumerate(("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
)
_ATTENTION = (Status.OVERDUE, Status.SHORT, Status.UNKNOWN)


def print_answer(assessment: Assessment, sets: SetLibrary, *, explain: bool, today: date) -> None:
    """Writes the answer to standard output; ``today`` is the day against which a set's age is told."""
    out = console()
    out.print(Text(headline(assessment, sets), style="bold"))
    for answer in sorted(assessment.credentials, key=_urgency):
        out.print()
        _print_credential(out, answer, sets, explain=explain, today=today)
    _print_questions(out, assessment.questions)


def headline(assessment: Assessment, sets: SetLibrary) -> str:
    """The answer in one sentence."""
    day, answers = day_words(assessment.as_of), assessment.credentials
    if not answers:
        return f"As of {day} there is nothing to answer: the portfolio names no credential."
    waiting = [answer for answer in answers if answer.status in _ATTENTION]
    if not waiting:
        everything = "everything is" if len(answers) > 1 else f"{sets[answers[0].requirement_set].name} is"
        return f"As of {day} {everything} met."
    worst = min(waiting, key=_urgency)
    name = sets[worst.requirement_set].name
    rest = f" {len(waiting)} of {len(answers)} credentials need attention." if len(answers) > 1 else ""
    return f"As of {day} {name} {_stands(worst)}.{rest}"


def _stands(answer: CredentialAnswer) -> str:
    due = _next_due(answer)
    by = f" by {day_words(due)}" if due else ""
    if answer.status is Status.UNKNOWN:
        return "cannot be settled before a question is answered" if answer.questions else "cannot be settled"
    parts = [part for part in answer.requirements if part.status is answer.status]
    missing = "; ".join(
        f"{_amount(part.remaining, part.unit)} of {_inside(part.title)}" for part in parts if part.remaining
    )
    if answer.status is Status.OVERDUE:
        return f"is overdue since {day_words(due)}" + (f": {missing}" if missing else "")
    return f"still needs {missing or ', '.join(_inside(part.title) for part in parts)}{by}"


def _urgency(answer: CredentialAnswer) -> tuple[int, date]:
    """What presses most stands first; the file's order decides between equals."""
    return answer.status.rank, _next_due(answer) or date.max


def _by_need(parts: Sequence[RequirementAnswer]) -> list[RequirementAnswer]:
    """What is missing first, what asks nothing last; the set's order decides between equals."""
    return sorted(parts, key=lambda part: (part.status.rank, part.status is Status.NOT_APPLICABLE))


def _inside(title: str) -> str:
    """A title as it stands inside a sentence; an abbreviation keeps its capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _next_due(answer: CredentialAnswer) -> date | None:
    days = [part.due for part in answer.requirements if part.status is answer.status and part.due is not None]
    return min(days, default=None)


def _amount(ticks: int, unit: str) -> str:
    text = amount_text(ticks)
    return f"{text} {unit if text == '1' else plural(unit)}"


# -- one credential ------------------------------------------------------------------------------------------


def _print_credential(
    out: Console, answer: CredentialAnswer, sets: SetLibrary, *, explain: bool, today: date
) -> None:
    rules = sets[answer.requirement_set]
    title = Text(rules.name, style="bold")
    number = f" · {printable(answer.number)}" if answer.number else ""
    title.append(f"  {rules.id}{number}", style="not bold dim")
    title.append("  ")
    title.append(status_words(answer.status.value, out.encoding), style=STYLES[answer.status.value])
    out.print(title)
    if answer.cycle is not None:
        out.print(f"{day_words(answer.cycle.start)} to {day_words(answer.cycle.last_day)}", style="dim")
    if answer.because:
        out.print(answer.because)
    parts = _by_need(answer.requirements)
    if out.width < NARROW:
        _print_lines(out, parts)
    else:
        out.print(_table(out, parts))
    if not rules.is_verified:
        out.print("Unverified: this set was not confirmed against its primary sources.", style="yellow")
    if is_stale(rules, today):
        when = f"since {day_words(rules.checked)}" if rules.checked else "at a known date"
        out.print(f"Not checked against its sources {when}.", style="yellow")
    for sentence in rules.not_modelled:
        out.print(f"Not judged here: {sentence}", style="dim")
    if explain:
        references = {reference.id: reference for reference in rules.references}
        for part in parts:
            _explain(out, part, 0)
            for name in part.references:
                reference = references[name]
                is_dated = reference.as_of and reference.as_of != "unknown"
                dated = f", text of {reference.as_of}" if is_dated else ""
                seen = f", checked {day_words(reference.checked)}" if reference.checked else ""
                out.print(
                    Padding(
                        f"Source: {reference.title}{dated}{seen} {reference.url or ''}".rstrip(), (0, 0, 0, 2)
                    )
                )


def _table(out: Console, parts: Sequence[RequirementAnswer]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
    table.add_column("Requirement", ratio=1, overflow="fold")
    table.add_column("Status", no_wrap=True)
    for amount in ("Required", "Counted", "Missing"):
        table.add_column(amount, justify="right", no_wrap=True)
    table.add_column("Due", no_wrap=True)
    for part in parts:
        for depth, row in _rows(part, 0):
            name, *cells = _cells(out, row)
            table.add_row(Padding(name, (0, 0, 0, 2 * depth)), *cells)
    return table


def _print_lines(out: Console, parts: Sequence[RequirementAnswer]) -> None:
    """The same as the table, for a terminal too narrow for columns."""
    for part in parts:
        for depth, row in _rows(part, 0):
            name, status, _required, _counted, _missing, due = _cells(out, row)
            line = Text.assemble(status, "  ")
            if _is_periodic(row) and row.required is not None:
                line.append(f"{_amount(row.required, row.unit)} in each of {len(row.periods)} periods")
            elif row.required is not None and row.status is not Status.NOT_APPLICABLE:
                line.append(f"{amount_text(row.counted)} of {_amount(row.required, row.unit)}")
                line.append(f", {amount_text(row.remaining)} missing" if row.remaining else "")
            line.append(f"{', ' if row.required is not None else ''}due {due}" if due else "")
            out.print(Padding(name, (0, 0, 0, 2 * depth), expand=False))
            out.print(Padding(line, (0, 0, 0, 2 * depth + 2), expand=False))


def _rows(part: RequirementAnswer, depth: int) -> Iterator[tuple[int, RequirementAnswer]]:
    yield depth, part
    if not part.status.is_settled:
        for way in part.ways:
            yield from _rows(way, depth + 1)


def _cells(out: Console, part: RequirementAnswer) -> tuple[Text, ...]:
    name = Text(part.title)
    if _is_periodic(part):
        name.append(f" · {_periods(part)}", style="dim")
    if part.unverified:
        name.append(" (unverified)", style="yellow")
    status = Text(status_words(part.status.value, out.encoding), style=STYLES[part.status.value])
    is_amount = part.required is not None and part.status is not Status.NOT_APPLICABLE
    amounts = [amount_text(part.required or 0), amount_text(part.counted), amount_text(part.remaining)]
    if _is_periodic(part):
        # What one period counts says nothing of the others; the name says how many are met.
        amounts[1] = ""
    if not part.remaining:
        amounts[2] = ""
    due = "" if part.status is Status.NOT_APPLICABLE else day_words(part.due)
    return (name, status, *(Text(amount if is_amount else "") for amount in amounts), Text(due))


def _is_periodic(part: RequirementAnswer) -> bool:
    """Whether each of several periods asks the whole amount for itself."""
    is_asked = part.status not in (Status.NOT_APPLICABLE, Status.WAIVED)
    return is_asked and len(part.periods) > 1 and part.required == part.periods[0].required


def _periods(part: RequirementAnswer) -> str:
    """Three of four periods met."""
    met, count = sum(one.status.is_settled for one in part.periods), len(part.periods)
    return f"{_WORDS.get(met, met)} of {_WORDS.get(count, count)} periods met"


# -- the explanation -----------------------------------------------------------------------------------------


def _explain(out: Console, part: RequirementAnswer, depth: int) -> None:
    indent = 2 * depth
    out.print()
    heading = Text(f"{part.title} ({part.id})", style="bold")
    out.print(Padding(heading, (0, 0, 0, indent), expand=False))
    for line in _sentences(part):
        out.print(Padding(line, (0, 0, 0, indent + 2), expand=False))
    for each in part.counted_records:
        via = f", carried from {each.via}" if each.via else ""
        out.print(Padding(f"+ {_line(each.record, each.ticks)}{via}", (0, 0, 0, indent + 2), expand=False))
    for words in _refusals(part):
        out.print(Padding(Text(f"- {words}", style="dim"), (0, 0, 0, indent + 2), expand=False))
    for way in part.ways:
        _explain(out, way, depth + 1)


def _refusals(part: RequirementAnswer) -> Iterator[str]:
    """One line per record that does not count, or one for all where many have the same reason."""
    alike: dict[str, list[NotCounted]] = {}
    for refused in part.not_counted:
        # Records too old for one window share a reason, each with its own day.
        own_day = f"completed on {refused.record.completed}, "
        alike.setdefault(refused.detail.replace(own_day, "completed "), []).append(refused)
    for reason, same in alike.items():
        if len(same) > _MOST_LINES_PER_REASON:
            yield f"{len(same)} records: {reason}"
        else:
            yield from (f"{_line(each.record, each.ticks)}: {each.detail}" for each in same)


def _sentences(part: RequirementAnswer) -> Iterator[str]:
    if part.says:
        yield part.says
    if part.because:
        yield part.because
    if part.window is not None:
        yield f"Counts from {day_words(part.window.start)} to {day_words(part.window.last_day)}."
    if part.expected is not None and part.status is Status.SHORT:
        expected = amount_text(round_down(part.expected, TICKS // 100))
        yield f"An even pace would have reached {expected} by now."
    for period in part.periods:
        days = f"{day_words(period.period.start)} to {day_words(period.period.last_day)}"
        amounts = f"{amount_text(period.counted)} of {amount_text(period.required)}"
        yield f"{days}: {amounts}, {period.status.value}"
    if part.unverified:
        yield f"Unverified: {part.unverified}"


def _line(record: CreditRecord, ticks: int) -> str:
    title = printable(" ".join(record.title.split()))
    short = title if len(title) <= 60 else title[:59] + "…"
    return f"{amount_text(ticks)}  {record.completed}  {short} ({printable(record.id)})"


# -- questions -----------------------------------------------------------------------------------------------


def _print_questions(out: Console, questions: Sequence[Question]) -> None:
    needed = [question for question in questions if not question.is_optional]
    optional = [question for question in questions if question.is_optional]
    for title, asked in (("To settle the answer:", needed), ("These could only lighten it:", optional)):
        if asked:
            out.print()
            out.print(title, style="bold")
            for question in asked:
                out.print(Padding(question_for(question.fact).question, (0, 0, 0, 2), expand=False))
                out.print(Padding(Text(_waiting(question), style="dim"), (0, 0, 0, 4), expand=False))


def _waiting(question: Question) -> str:
    named = ", ".join(question.needed_by[:_MOST_NAMED])
    more = len(question.needed_by) - _MOST_NAMED
    return f"{question.fact}, for {named}" + (f" and {more} more" if more > 0 else "")
