"""Take pictures of pages that are being served: ``python -m tools.screenshot /search?q=chat``.

Each page is taken as a wide screen and a phone show it, into ``screenshots/``, so that a change of
look can be looked at. ``--readme`` takes the one picture that the README shows, into ``docs/img/``.
``make run`` in another terminal serves the pages.
"""

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PAGES = ("/", "/search", "/agencies", "/standard", "/ur/", "/ur/search")
WIDTHS = {"wide": 1280, "phone": 360}
README_PAGE = "/search?q=health"
README_PICTURE = Path("docs/img/search.png")


def main() -> int:
    """Take the pictures that the command line asks for and give the exit code."""
    parser = argparse.ArgumentParser(prog="tools.screenshot", description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES, help="paths, such as /ur/search")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where it is served")
    parser.add_argument("--out", type=Path, default=Path("screenshots"), help="a folder")
    parser.add_argument("--chromium", default=CHROMIUM, help="the browser to use")
    parser.add_argument("--readme", action="store_true", help="take the README's picture")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=arguments.chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        try:
            if arguments.readme:
                take_for_readme(browser, arguments.base)
                return 0
            for page in arguments.pages:
                take(browser, arguments.base, page, arguments.out)
        except Error as error:
            print(f"{error.message}\nIs it being served? make run", file=sys.stderr)
            return 1
    return 0


def take_for_readme(browser: Browser, base: str) -> None:
    """Write the picture of a search as a wide screen shows it before anybody scrolls."""
    with browser.new_page(viewport={"width": 1280, "height": 1000}) as page:
        page.goto(base + README_PAGE)
        page.screenshot(path=README_PICTURE)
        print(README_PICTURE)


def take(browser: Browser, base: str, path: str, folder: Path) -> None:
    """Write one picture for each width, over the full height of the page."""
    name = re.sub(r"[^\w-]+", "-", path).strip("-") or "home"
    for width_name, width in WIDTHS.items():
        with browser.new_page(viewport={"width": width, "height": 900}) as page:
            page.goto(base + path)
            target = folder / f"{name}-{width_name}.png"
            page.screenshot(path=target, full_page=True)
            print(target)


if __name__ == "__main__":
    sys.exit(main())
