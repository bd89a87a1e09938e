"""Who keeps whose accounts: nobody lifts themselves or others above what they keep."""

import pytest

from register.errors import Invalid, NotAllowed, NotFound
from register.services.accounts import invitations, people, staff
from register.services.accounts.invitations import Wanted
from register.standard.lifecycle import Role
from register.storage import accounts
from tests.desk import Desk, everything
from tests.services.inviting import (
    ADDRESS,
    NEW,
    PASSWORD,
    chosen,
    events,
    invited,
    link,
    token_of,
)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_secretariat_invites_nobody_of_its_own_kind_or_above(desk: Desk, role: Role) -> None:
    before = everything()

    with pytest.raises(NotAllowed):
        invited(desk, role=role, agency="")

    assert everything() == before


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_invites_to_every_role(desk: Desk, role: Role) -> None:
    agency = "taxes" if role in people.ROLES_OF_AGENCIES else ""

    token = invited(desk, "administrator", role=role, agency=agency)
    invitations.accept(token, chosen(), address=ADDRESS)

    assert people.get_actor(NEW).role is role


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\r\nBcc: x@y.example"}, "email"),
        ({"email": "a@b.example, x@y.example"}, "email"),
        ({"email": "Name <a@b.example>"}, "email"),
        ({"email": "x" * 250 + "@b.example"}, "email"),
        ({"email": "officer@health"}, "email"),
        ({"email": "AUDITOR"}, "email"),
        ({"role": "minister"}, "role"),
        ({"agency": ""}, "agency"),
        ({"agency": "nowhere"}, "agency"),
    ],
)
def test_an_invitation_is_sent_only_if_everything_about_it_is_right(
    desk: Desk, wrong: dict[str, str], field: str
) -> None:
    before = everything()

    with pytest.raises(Invalid) as refused:
        invited(desk, **wrong)

    assert list(refused.value.errors) == [field]
    assert everything() == before


def test_an_address_with_an_account_is_not_invited_to_another_role(desk: Desk) -> None:
    invitations.accept(invited(desk), chosen(), address=ADDRESS)

    for other in ({"role": "approver"}, {"agency": "health"}):
        with pytest.raises(Invalid) as refused:
            invited(desk, **other)
        assert list(refused.value.errors) == ["email"]
    with pytest.raises(Invalid):
        invited(desk, "administrator", role="administrator", agency="")

    assert people.get_actor(NEW).role is Role.OFFICER


def test_an_open_invitation_to_another_role_has_to_be_taken_back_first(desk: Desk) -> None:
    old = invited(desk)
    with pytest.raises(Invalid):
        invited(desk, role="approver")

    invitations.take_back(desk["secretariat"], NEW)
    new = invited(desk, role="approver")

    with pytest.raises(NotFound):
        invitations.get_invited(old, address=ADDRESS)
    assert invitations.get_invited(new, address=ADDRESS).role is Role.APPROVER


def test_the_secretariat_touches_no_invitation_that_is_not_its_own_to_send(desk: Desk) -> None:
    token = invited(desk, "administrator", role="auditor", agency="")

    for deed in (
        lambda: invitations.take_back(desk["secretariat"], NEW),
        lambda: invitations.invite_again(desk["secretariat"], NEW, link, by_mail=False),
        lambda: invited(desk),
    ):
        with pytest.raises((NotFound, Invalid)):
            deed()

    assert invitations.get_invited(token, address=ADDRESS).role is Role.AUDITOR
    assert staff.list_invited(desk["secretariat"]) == []


@pytest.mark.parametrize("email", ["auditor", "secretariat", "second-secretariat", "administrator"])
def test_the_secretariat_sends_no_new_link_to_an_account_that_it_does_not_keep(
    desk: Desk, email: str
) -> None:
    before = everything()

    for deed in (
        lambda: invitations.invite_again(desk["secretariat"], email, link, by_mail=False),
        lambda: staff.disable(desk["secretariat"], email),
        lambda: staff.enable(desk["secretariat"], email),
    ):
        with pytest.raises(NotFound):
            deed()

    assert everything() == before


def test_nobody_disables_their_own_account(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        staff.disable(desk["administrator"], "administrator")

    assert not accounts.get_account("administrator").is_disabled


def test_a_disabled_account_is_out_its_links_are_dead_and_so_are_those_that_it_sent(
    desk: Desk,
) -> None:
    people.add_account("keeper@register.example", "secretariat", PASSWORD)
    session = people.sign_in("keeper@register.example", PASSWORD, address=ADDRESS)
    keeper = people.get_actor("keeper@register.example")
    own = invitations.invite_again(desk["administrator"], keeper.email, link, by_mail=False)
    sent = invitations.invite(
        keeper, Wanted(email=NEW, role="officer", agency="taxes"), link, by_mail=False
    )

    staff.disable(desk["administrator"], keeper.email)

    assert people.find_actor(session) is None
    for token in (token_of(own), token_of(sent)):
        with pytest.raises(NotFound):
            invitations.get_invited(token, address=ADDRESS)
    with pytest.raises(Invalid):
        invitations.invite_again(desk["administrator"], keeper.email, link, by_mail=False)


def test_an_account_that_is_enabled_again_has_its_old_password(desk: Desk) -> None:
    invitations.accept(invited(desk), chosen(), address=ADDRESS)
    staff.disable(desk["secretariat"], NEW)

    staff.enable(desk["secretariat"], NEW)

    assert people.sign_in(NEW, PASSWORD, address=ADDRESS)
    assert [each["email"] for each in events("account_enabled")] == [NEW]


def test_the_trail_tells_who_invited_whom_as_what_and_that_the_link_was_handed_over(
    desk: Desk,
) -> None:
    invited(desk)

    details = {"email": NEW, "role": "officer", "agency": "taxes", "handed_over": "yes"}
    assert events("invited") == [details]


def test_each_sees_the_accounts_that_they_keep(desk: Desk) -> None:
    def seen(by: str, agency: str = "") -> set[Role]:
        return {each.role for each in staff.list_people(desk[by], agency)}

    assert seen("secretariat") == {Role.OFFICER, Role.APPROVER}
    assert seen("administrator") == set(Role)
    assert {
        each.body.slug for each in staff.list_people(desk["secretariat"], "taxes") if each.body
    } == {"taxes"}
    with pytest.raises(NotAllowed):
        seen("auditor")
