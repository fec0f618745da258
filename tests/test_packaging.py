"""The wheel: what is in it, and that it works in an empty folder, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import __version__

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "generator" / "starter"

pytestmark = pytest.mark.xdist_group("packaging")  # one wheel for all of them


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command that sees nothing of the checkout."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment["PYTHONUTF8"] = "1"
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@dataclass(frozen=True)
class Installed:
    """The command as its users have it."""

    folder: Path

    @property
    def scripts(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def playbook(self, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return run(self.scripts / "playbook", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    ended = run(*build, cwd=folder)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An environment with the wheel in it. The packages that it needs are lent by this one, so
    that nothing is downloaded; what lies in this one as a link to the checkout is not seen."""
    made = Installed(tmp_path_factory.mktemp("installed"))
    venv.create(made.folder, with_pip=False)
    python = made.scripts / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    ended = run(*pip, "install", "--no-index", "--no-deps", wheel, cwd=made.folder)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    place = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=made.folder
    )
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(place.stdout.strip(), "lent.pth").write_text("\n".join(sorted(lent)), encoding="utf-8")
    return made


def names_in(folder: Path) -> set[str]:
    """Files below `folder` that are no traces of running or editing."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_has_code_types_templates_and_starter(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"generator/__init__.py", "generator/py.typed"} <= names
    assert {f"generator/templates/{name}" for name in names_in(ROOT / "templates")} <= names
    assert {f"generator/starter/{name}" for name in names_in(STARTER)} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_has_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert tops == {"generator", f"playbook_generator-{__version__}.dist-info"}


def test_the_installed_command_is_not_the_checkout(installed: Installed, tmp_path: Path) -> None:
    ask = "import generator; print(generator.__file__)"
    ended = run(installed.scripts / "python", "-c", ask, cwd=tmp_path)
    assert Path(ended.stdout.strip()).is_relative_to(installed.folder)
    assert __version__ in installed.playbook("--version", cwd=tmp_path).stdout


def test_a_new_playbook_is_made_checked_and_built(installed: Installed, tmp_path: Path) -> None:
    made = installed.playbook("init", "my-playbook", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Made my-playbook. Next:\n\n  cd my-playbook\n  playbook build\n")
    home = tmp_path / "my-playbook"
    assert (home / ".gitignore").read_text(encoding="utf-8").startswith("site/\n")
    assert not (home / "gitignore").exists()
    assert (home / "schemas" / "sop.translation.json").is_file()

    checked = installed.playbook("check", "--strict", cwd=home)
    assert (checked.stdout, checked.returncode) == ("no problems in 5 entries\n", 0)

    built = installed.playbook("build", cwd=home)
    assert built.returncode == 0, built.stdout + built.stderr
    assert built.stdout.startswith("Built site: 5 entries, ")
    site = home / "site"
    for page in ("index.html", "sops/first-meeting.html", "toolkits/meeting-checklist.html"):
        assert "First meeting" in (site / "en" / page).read_text(encoding="utf-8")
        assert "首次会面" in (site / "zh" / page).read_text(encoding="utf-8")
    assert (site / "index.html").is_file()
    assert len(list((site / "static").glob("site.*.css"))) == 1


def test_the_first_lines_of_the_starter_name_schemas_that_exist(
    installed: Installed, tmp_path: Path
) -> None:
    installed.playbook("init", ".", cwd=tmp_path)
    texts = [p for p in (tmp_path / "content").rglob("*") if p.suffix in (".yml", ".md")]
    assert texts
    for path in texts:
        lines = path.read_text(encoding="utf-8").splitlines()
        line = lines[1] if path.suffix == ".md" else lines[0]
        before, _, schema = line.partition("$schema=")
        assert before == "# yaml-language-server: "
        assert (path.parent / schema).is_file(), path.name


def test_init_refuses_a_folder_that_is_not_empty(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    refused = installed.playbook("init", "mine", cwd=tmp_path)
    assert refused.returncode == 2
    assert "mine exists and is not empty; choose another folder" in refused.stderr
    assert names_in(tmp_path / "mine") == {"notes.txt"}


def test_init_refuses_a_name_that_a_file_has(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("keep", encoding="utf-8")
    refused = installed.playbook("init", "mine", cwd=tmp_path)
    assert refused.returncode == 2
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "keep"


def test_outside_a_playbook_the_command_says_what_to_do(
    installed: Installed, tmp_path: Path
) -> None:
    ended = installed.playbook("check", cwd=tmp_path)
    assert ended.returncode == 1
    assert "there is no such folder" in ended.stdout
    assert "`playbook init`" in ended.stdout
