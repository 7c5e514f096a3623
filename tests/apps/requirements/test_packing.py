"""What is packed comes back as it was, and shows when it is no longer what was kept."""

import pytest

from osler.apps.requirements.packing import packed, unpacked


def test_what_is_packed_comes_back() -> None:
    content = {"title": "Schmerz – Über­blick", "amounts": ["1", "0.25"], "nothing": None}
    data, digest = packed(content)
    assert unpacked(data, digest) == content
    assert packed(dict(reversed(content.items())))[1] == digest


@pytest.mark.parametrize("change", ["digest", "data", "noise"])
def test_what_was_changed_is_refused(change: str) -> None:
    data, digest = packed({"status": "short"})
    other, _digest = packed({"status": "met"})
    given = {"digest": (data, "0" * 64), "data": (other, digest), "noise": (b"noise", digest)}[change]
    with pytest.raises(ValueError, match="kept answer"):
        unpacked(*given)
