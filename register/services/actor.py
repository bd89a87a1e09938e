"""Who is doing something."""

from dataclasses import dataclass

from register.errors import NotAllowed
from register.standard.lifecycle import Role
from register.standard.marking import _


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A signed-in person, or the system itself (no ``account_id``) working for an administrator.

    ``token`` is the number of the token by which a program acts for the person.
    """

    account_id: int | None
    role: Role
    agency: str | None = None
    email: str = ""
    name: str = ""
    language: str = "en"
    token: int | None = None

    @property
    def means(self) -> dict[str, int]:
        """What the trail notes beside a deed: the token, where a program acted by one."""
        return {"token": self.token} if self.token is not None else {}


SYSTEM = Actor(account_id=None, role=Role.ADMINISTRATOR)


def check_role(by: Actor, *roles: Role) -> None:
    """Raise :exc:`NotAllowed` to who has none of these roles."""
    if by.role not in roles:
        raise NotAllowed(_("Your role may not do this."))
