"""Trying the links of published records: opt-in, slow on purpose, never in a request."""

from register.links.addresses import host_of
from register.links.pacing import LeftAlone, Pace, paced
from register.links.trying import Outcome, Visitor

__all__ = ["LeftAlone", "Outcome", "Pace", "Visitor", "host_of", "paced"]
