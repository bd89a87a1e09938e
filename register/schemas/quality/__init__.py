"""How complete and how plain a record is: judged from what anybody may read."""

from register.schemas.quality.judging import judge, traces_of
from register.schemas.quality.marks import Finding, Marks, Traces

__all__ = ["Finding", "Marks", "Traces", "judge", "traces_of"]
