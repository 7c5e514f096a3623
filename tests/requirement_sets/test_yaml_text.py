"""Texts become nodes with their places, and no text gets around the limits."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.requirement_sets.fault import TextFaults
from osler.requirement_sets.nodes import MOST_BYTES, MOST_DEPTH, MOST_NODES, Node, Scalar, Sequence, Table
from osler.requirement_sets.yaml_text import read_yaml


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, (_, value) in node.entries.items()}


def refusal(text: str | bytes) -> str:
    with pytest.raises(TextFaults) as caught:
        read_yaml(text)
    (fault,) = caught.value.faults
    return str(fault)


def test_scalars_keep_the_text_they_were_written_with() -> None:
    text = "a: 10.0\nb: 2026-02-30\nc: .nan\nd: '1'\ne: NO\nf: 1e999\n"
    assert plain(read_yaml(text)) == {
        "a": "10.0",
        "b": "2026-02-30",
        "c": ".nan",
        "d": "1",
        "e": "NO",
        "f": "1e999",
    }


def test_every_node_knows_its_line() -> None:
    root = read_yaml("a: 1\nb:\n  - x\n  - {c: 2}\n")
    assert isinstance(root, Table)
    key, value = root.entries["b"]
    assert (key.line, key.column) == (2, 1)
    assert isinstance(value, Sequence)
    assert [item.line for item in value.items] == [3, 4]


def test_json_lines_are_those_of_the_file() -> None:
    root = read_yaml('{\n  "a": [\n    1.50,\n    "x"\n  ]\n}')
    assert isinstance(root, Table)
    value = root.entries["a"][1]
    assert isinstance(value, Sequence)
    assert [(item.line, plain(item)) for item in value.items] == [(3, "1.50"), (4, "x")]


def test_json_may_be_indented_by_tabs_and_write_emoji_as_two_halves() -> None:
    assert plain(read_yaml('{\n\t"a": "\\ud83d\\ude00"\n}')) == {"a": "😀"}


def test_an_empty_value_is_null_and_a_quoted_null_is_a_text() -> None:
    root = read_yaml("a:\nb: ~\nc: null\nd: 'null'\n")
    assert isinstance(root, Table)
    nulls = [value.is_null for _, value in root.entries.values() if isinstance(value, Scalar)]
    assert nulls == [True, True, True, False]


def test_an_alias_repeats_what_it_names() -> None:
    assert plain(read_yaml("a: &day 2025-01-01\nb: *day\n")) == {"a": "2025-01-01", "b": "2025-01-01"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "file is empty"),
        ("# nothing\n", "file is empty"),
        ("a: 1\n---\nb: 2\n", "line 2: a second document"),
        ("a: !!python/object:os.system x", "line 1: the tag"),
        ("a:\n  - !secret x", "line 2: the tag"),
        ("a: &x [*x]", "names nothing complete"),
        ("a: *missing", "names nothing complete"),
        ("a: [1, 2", "not YAML"),
        ("a: 1\n b: 2\n", "line 2: this is not YAML"),
        ("a: \x00", "a character here is not allowed"),
        (b"a: \xff\xfe", "expected UTF-8"),
        ("[a, b]: 1", "expected a word as the key"),
        ('{"a": 1,\n "b" 2}', "line 2: this is not JSON: expected ':'"),
        ('{"a": 1,\n}', "line 2: this is not JSON: expected a key in quotes"),
        ('{"a": "\\ud83d"}', "half of a surrogate pair"),
        ('{"a": NaN}', "not JSON"),
        ('{"a": 1} x', "expected the end"),
    ],
)
def test_a_text_that_cannot_be_read_says_where_and_why(text: str | bytes, expected: str) -> None:
    assert expected in refusal(text)


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 12):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_bomb(), "values; split the file"),
        ("[" * 200_000, f"deeper than {MOST_DEPTH}"),
        ('{"a":' * 100_000, f"deeper than {MOST_DEPTH}"),
        ("- " * 100_000, f"deeper than {MOST_DEPTH}"),
        ("a:\n" + "- x\n" * (MOST_NODES + 1), "values; split the file"),
        ("[" + "1," * (MOST_NODES + 1) + "1]", "values; split the file"),
        ("x" * (MOST_BYTES + 1), "larger than 8 MB"),
        ("b: &b [x]\na: [" + "*b," * (MOST_NODES // 2 + 1) + "]", "values; split the file"),
    ],
    ids=["bomb", "lists", "json", "dashes", "items", "flow", "large", "aliases"],
)
def test_limits_hold_for_every_shape_of_text(text: str, expected: str) -> None:
    assert expected in refusal(text)


_VALUES = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def _as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return value if isinstance(value, str) else json.dumps(value)


@given(st.dictionaries(st.text(), _VALUES, max_size=5), st.booleans(), st.sampled_from([None, 2, "\t"]))
def test_whatever_json_writes_is_read_back(
    value: dict[str, object], ascii_only: bool, indent: int | str | None
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert plain(read_yaml(text)) == _as_text(value)


@given(st.text(max_size=60) | st.text("{}[]:,\"'&*!|>-?% \n#abc\\\t", max_size=60))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        told = bool(plain(read_yaml(text)) is not None)
    except TextFaults as error:
        told = all("line" in fault.place for fault in error.faults)
    assert told
