"""`playbook holidays`: what a country's calendar says, and holidays.yml, to which it is added."""

from __future__ import annotations

import pytest

CHINA_2026 = {
    "holidays": [
        "2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19",
        "2026-02-20", "2026-02-23", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-02",
        "2026-05-04", "2026-05-05", "2026-06-19", "2026-09-25", "2026-10-01", "2026-10-02",
        "2026-10-03", "2026-10-05", "2026-10-06", "2026-10-07",
    ],
    "workdays": [
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
    ],
}  # fmt: skip
"""As the State Council announced it, weekends that need no day off left out."""


TACTICAL = """\
---
title: Rival
summary: R.
owner: ann
tier: tactical
type: solution-template
---
"""


def days_of(text):
    """The days by the field under which they stand."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line[:1].isalpha():
            days = found.setdefault(line.rstrip(":"), [])
        elif line.startswith("  "):
            days.append(line.split(":")[0].strip())
    return found


def test_a_year_of_china_has_days_off_and_days_made_up_for(folder):
    out = folder.run("holidays", "cn", "2026")
    assert (out.returncode, out.stderr) == (0, "")
    assert days_of(out.stdout) == CHINA_2026
    assert "  2026-02-17: Chinese New Year (Spring Festival)\n" in out.stdout


def test_work_that_the_next_year_moves_into_this_one_is_listed(folder):
    out = folder.run("holidays", "CN", "2011")
    assert days_of(out.stdout)["workdays"][-1] == "2011-12-31"


def test_names_come_in_the_language_that_is_asked_for(folder):
    assert (
        "2026-05-01: 劳动节\n" in folder.run("holidays", "CN", "2026", "--language", "zh_CN").stdout
    )
    assert (
        "2026-10-03: Tag der Deutschen Einheit\n"
        in folder.run("holidays", "DE", "2026", "--language", "de").stdout
    )


def test_a_year_that_is_not_announced_is_pointed_out(folder):
    out = folder.run("holidays", "CN", "2026", "2035")
    assert out.stderr.startswith("2035: no make-up days are known")
    assert folder.run("holidays", "US", "2035").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("XX", "2026"), '"XX" is no country'),
        (("CN", "1066"), "1066"),
        (("CN", "2026", "--language", "xx"), 'no names in "xx"; there are: en_US'),
    ],
)
def test_a_wrong_call_says_what_is_there(folder, arguments, said):
    out = folder.run("holidays", *arguments)
    assert out.returncode == 2
    assert said in out.stderr


def test_without_the_package_it_says_how_to_install_it(folder):
    (folder.root / "holidays.py").write_text("raise ImportError\n")
    out = folder.start("holidays", "CN", "2026")
    assert (out.returncode, out.stdout) == (1, "")
    assert "pip install 'playbook-generator[holidays]'" in out.stderr
    assert folder.start("check").returncode == 0, "nothing else needs it"


def test_what_is_written_is_read_by_the_playbook(folder):
    out = folder.run("holidays", "CN", "2026", "--write")
    assert out.stdout == "Made content/holidays.yml: 22 holidays, 6 make-up days. Look it over.\n"
    assert days_of((folder.content / "holidays.yml").read_text()) == CHINA_2026
    assert folder.run("check", "content/holidays.yml").returncode == 0
    folder.write("knowledge/rival.md", TACTICAL)
    out = folder.run("review", "knowledge/rival", "--by", "ann", "--today", "2026-09-25")
    assert "due by 2026-10-30" in out.stdout
    folder.write("playbook.yml", (folder.content / "playbook.yml").read_text().replace(
        "tags:", "tiers: {tactical: {cadence: 1 workday}}\ntags:"))  # fmt: skip
    out = folder.run("review", "knowledge/rival", "--by", "ann", "--today", "2026-09-30")
    assert "due by 2026-10-08" in out.stdout, "behind a week of holidays"
    out = folder.run("review", "knowledge/rival", "--by", "ann", "--today", "2026-10-09")
    assert "due by 2026-10-10" in out.stdout, "a Saturday that is made up for"


OWN = """\
# Our calendar  \r
workdays: # by hand\r
    2026-10-10: 'Make-up, whole day'   # half of us\r
holidays:\r
    # the founder's day\r
    "2026-06-01": Founder's day\r
\r
    2026-09-25: Moon cakes # early\r
    2026-02-14: We all have it off\r
# the end"""


def test_what_stands_in_the_file_stays_as_it_is(folder):
    path = folder.write("holidays.yml", OWN)
    out = folder.run("holidays", "CN", "2026", "--write")
    assert out.returncode == 0, out.stderr
    assert out.stdout == (
        "Added to content/holidays.yml: 21 holidays, 4 make-up days. Look it over.\n"
    )
    assert "2026-02-14: left as content/holidays.yml has it, which is the opposite" in out.stderr
    written = path.read_bytes()
    left = [line for line in written.decode().split("\r\n") if line in OWN.split("\r\n")]
    assert left == OWN.split("\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    days = days_of(written.decode())
    assert {day.strip('"') for day in days["holidays"] if "#" not in day} == {
        *CHINA_2026["holidays"], "2026-06-01", "2026-02-14"}  # fmt: skip
    assert (
        written.index(b"2026-05-05") < written.index(b"2026-06-01") < written.index(b"2026-06-19")
    )
    folder.run("holidays", "CN", "2026", "--write")
    assert path.read_bytes() == written, "a second time changes nothing"
    assert folder.run("check", "content/holidays.yml").returncode == 0


@pytest.mark.parametrize(
    "text", ["", "# only a comment", "holidays:\n", "holidays: {}\nworkdays:\n"]
)
def test_a_file_without_days_is_filled(folder, text):
    path = folder.write("holidays.yml", text)
    assert folder.run("holidays", "CN", "2026", "--write").returncode == 0
    found = days_of(path.read_text())
    assert found == CHINA_2026
    assert path.read_text().startswith(text.rstrip("\n").split("{")[0].rstrip(" :\n"))


@pytest.mark.parametrize("text", ["{holidays: {}}\n", "holidays: {2026-01-01: New Year}\n"])
def test_a_file_in_braces_is_refused(folder, text):
    path = folder.write("holidays.yml", text)
    out = folder.run("holidays", "CN", "2026", "--write")
    assert out.returncode == 1
    assert "cannot add to content/holidays.yml in place" in out.stderr
    assert path.read_text() == text


def test_a_file_with_errors_is_refused(folder):
    folder.write("holidays.yml", "holidays: [\n")
    out = folder.run("holidays", "CN", "2026", "--write")
    assert (out.returncode, out.stdout) == (1, "")
    assert "content/holidays.yml has errors" in out.stderr
