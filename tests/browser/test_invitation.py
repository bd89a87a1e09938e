"""Somebody is invited by a link that is handed over, makes an account with it, and signs in."""

import pytest

from tests.browser.service import ADMINISTRATOR, PASSWORD
from tests.browser.visitor import Visitor
from tests.browser.walker import WAYS, Walker, Way, walking

pytestmark = pytest.mark.browser

INVITE = "form[method=post][action$='/admin/accounts'] button"


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_whoever_is_invited_makes_an_account_and_signs_in(visitor: Visitor, way: Way) -> None:
    email = f"auditor-{way.slug}@register.example"
    with walking(visitor, way.other, ADMINISTRATOR) as administrator:
        link = invite(administrator, email)
    with walking(visitor, way) as invited:
        invited.go(link)
        assert invited.path == "account/invitation"
        assert "#password" in invited.press_in_vain("main form button")
        passwords = {"password": [PASSWORD], "password_again": [PASSWORD]}
        invited.enter({"name": ["Nayab"], **passwords, "language": [way.language]})
        invited.press("main form button")
        invited.press(f"main a[href='{way.prefix}/account/sign-in']")
        invited.enter({"email": [email], "password": [PASSWORD]})
        invited.press("main form button")

        assert "Nayab" in invited.page.inner_text(".app-account")
        answer = invited.page.goto(way.prefix + link)
        invited.look()

    assert answer is not None
    assert answer.status == 404


def invite(walker: Walker, email: str) -> str:
    """Forget the address and be told; then invite an auditor, and give where the link leads."""
    walker.go("/admin/accounts")
    walker.press_in_vain(INVITE)
    walker.enter({"email": [email], "role": ["auditor"]})
    walker.press(INVITE)
    shown = walker.page.locator("main [dir=ltr]", has_text="/account/invitation/").inner_text()
    return "/account/" + shown.strip().partition("/account/")[2]
