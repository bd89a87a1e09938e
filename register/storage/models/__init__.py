"""The tables: columns for what the system needs, one JSON column of answers for the law's."""

from register.storage.base import Base, Json, Texts
from register.storage.models.access import SentOnce, Token
from register.storage.models.duties import Determination, Standing
from register.storage.models.filings import (
    Contribution,
    Counter,
    Disclosure,
    LinkCheck,
    Quality,
    Template,
    TextPrint,
    Upload,
)
from register.storage.models.history import (
    AuditEvent,
    AuditNote,
    Outbox,
    Presentation,
    Revision,
    SourceRow,
)
from register.storage.models.imports import ImportRun
from register.storage.models.ledger import Erasure, LedgerCheckpoint, LedgerEntry, LedgerNode
from register.storage.models.people import (
    Account,
    Agency,
    AgencyVersion,
    Attempt,
    Invitation,
    KeptForm,
    MailMessage,
    SignIn,
)

__all__ = [
    "Account",
    "Agency",
    "AgencyVersion",
    "Attempt",
    "AuditEvent",
    "AuditNote",
    "Base",
    "Contribution",
    "Counter",
    "Determination",
    "Disclosure",
    "Erasure",
    "ImportRun",
    "Invitation",
    "Json",
    "KeptForm",
    "LedgerCheckpoint",
    "LedgerEntry",
    "LedgerNode",
    "LinkCheck",
    "MailMessage",
    "Outbox",
    "Presentation",
    "Quality",
    "Revision",
    "SentOnce",
    "SignIn",
    "SourceRow",
    "Standing",
    "Template",
    "TextPrint",
    "Texts",
    "Token",
    "Upload",
]
