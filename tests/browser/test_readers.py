"""What the other tests of this folder rest on: readers who know nothing of each other."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

LEAVE = """async () => {
    document.cookie = "left=1; path=/";
    localStorage.setItem("left", "1");
    sessionStorage.setItem("left", "1");
}"""
FOUND = """async () => [document.cookie, localStorage.length, sessionStorage.length,
    history.length, (await navigator.permissions.query({ name: "clipboard-read" })).state]"""


@pytest.mark.parametrize("place", ["server", "folder"])
def test_a_profile_is_as_new_for_its_next_reader(profiles, address, site, place):
    home = address if place == "server" else f"{site.as_uri()}/"
    found, used = [], set()
    for _ in range(3):
        profile = profiles.take(home, timed=False, options={"timezone_id": "Asia/Shanghai"})
        used.add(profile)
        page = profile.open(missing=False)
        page.goto("en/index.html")
        found.append(page.evaluate(FOUND))
        profile.context.grant_permissions(["clipboard-read"])
        page.evaluate(LEAVE)
        assert page.evaluate("localStorage.length") == 1
        page.emulate_media(color_scheme="dark")
        assert profiles.release() == []
    assert len(used) == 1
    assert found == [["", 0, 0, found[0][3], "prompt"]] * 3
