"""Addresses of static files: they change when the file does, a script's with any script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.web.assets import Assets

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.page import PageClient


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a style sheet and two scripts."""
    for name in ("css/a.css", "js/app.js", "js/other.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_scripts_share_a_fingerprint_that_any_of_them_changes(folder: Path) -> None:
    before, sheet = Assets(folder).digest("js/app.js"), Assets(folder).digest("css/a.css")
    assert Assets(folder).digest("js/other.js") == before

    (folder / "js" / "other.js").write_text("changed")

    assert Assets(folder).digest("js/app.js") != before
    assert Assets(folder).digest("css/a.css") == sheet


@pytest.mark.parametrize("name", ["js/none.js", "css/none.css"])
def test_a_file_that_is_not_there_has_no_fingerprint(folder: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        Assets(folder).digest(name)


def test_every_script_is_kept_for_a_year_under_the_fingerprint_of_the_page(
    client: PageClient,
) -> None:
    (script,) = client.page("/").markup.all("script")
    path, _, version = (script.get("src") or "").partition("?")
    assert path == "/static/js/app.js"

    for name in ("app", "suggest", "near_me", "live_results"):
        with client.get(f"/static/js/{name}.js?{version}") as answer:
            assert answer.status_code == 200
            assert answer.mimetype == "text/javascript"
            assert "immutable" in answer.headers["Cache-Control"]
