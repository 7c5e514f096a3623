import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from osler.conf.secret_key import kept_secret_key


def test_the_key_stays_the_same_and_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"
    key = kept_secret_key(folder)
    assert len(key) >= 64
    assert kept_secret_key(folder) == key
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600


def test_many_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(kept_secret_key, [tmp_path] * 64))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
