import pytest

from osler.conf import environment
from osler.conf.environment import SettingError


def test_absent_variables_take_their_default() -> None:
    assert environment.text("OSLER_PUBLIC_URL", {}) == "http://localhost:8000"
    assert environment.flag("OSLER_DEMO", {}) is False
    assert environment.number("OSLER_UPLOAD_MAX_MB", {}) == 20


def test_unlisted_variables_do_not_exist() -> None:
    with pytest.raises(KeyError):
        environment.text("OSLER_SOMETHING", {"OSLER_SOMETHING": "1"})


@pytest.mark.parametrize(("word", "meaning"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_yes_and_no_are_read(word: str, meaning: bool) -> None:
    assert environment.flag("OSLER_DEMO", {"OSLER_DEMO": word}) is meaning


@pytest.mark.parametrize("word", ["maybe", "2"])
def test_other_words_are_refused_by_name(word: str) -> None:
    with pytest.raises(SettingError, match="OSLER_DEMO must be true or false"):
        environment.flag("OSLER_DEMO", {"OSLER_DEMO": word})


@pytest.mark.parametrize("word", ["0", "-3", "2.5", "many", "٣"])
def test_numbers_are_whole_and_above_zero(word: str) -> None:
    with pytest.raises(SettingError, match="OSLER_UPLOAD_MAX_MB must be a whole number"):
        environment.number("OSLER_UPLOAD_MAX_MB", {"OSLER_UPLOAD_MAX_MB": word})


def test_a_word_outside_the_choice_is_refused_with_the_choice() -> None:
    with pytest.raises(SettingError, match="one of source, collected"):
        environment.choice("OSLER_STATIC", ("source", "collected"), {"OSLER_STATIC": "both"})


def test_an_address_comes_apart() -> None:
    url = "postgresql://osler:p%40ss@db.example.org:5433/cme?sslmode=require"
    found = environment.address("OSLER_DATABASE_URL", ("postgresql",), {"OSLER_DATABASE_URL": url})
    assert found is not None
    assert (found.user, found.password, found.host, found.port) == ("osler", "p@ss", "db.example.org", 5433)
    assert (found.path, found.query) == ("cme", {"sslmode": "require"})


@pytest.mark.parametrize("url", ["mysql://localhost/x", "localhost", "postgresql://host:port/x"])
def test_a_wrong_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(SettingError, match="OSLER_DATABASE_URL"):
        environment.address("OSLER_DATABASE_URL", ("postgresql", "sqlite"), {"OSLER_DATABASE_URL": url})


def test_no_option_is_named_twice_and_each_says_what_it_means() -> None:
    listed = [option.name for option in environment.OPTIONS]
    assert len(listed) == len(set(listed))
    assert all(option.meaning.rstrip().endswith(".") for option in environment.OPTIONS)
