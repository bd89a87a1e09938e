"""Of which values of the public ledger anybody may know: what its writer and its readers agree on.

A version or a determination is bound to values by name. This says of the names themselves which
are never open, and which facts of a determination are as open as an answer.
"""

from collections.abc import Collection, Mapping

#: Ends the name of a value that is kept from the public, whatever its question.
PRIVATE = "/private"
#: The facts of a published determination, with the question that each was taken from, if from one.
FACTS: Mapping[str, str] = {
    "kind": "",
    "must": "",
    "reason": "",
    "name": "name",
    "tier": "impact_tier",
    "tier_before": "impact_tier",
    "phase": "phase",
    "in_use_since": "in_use_since",
}


def is_open_fact(name: str, withheld: Collection[str]) -> bool:
    """Tell whether anybody may know a fact of a published determination.

    ``withheld`` names the questions that the version withholds in which it became public.
    """
    return name in FACTS and FACTS[name] not in withheld
