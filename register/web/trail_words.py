"""The events of the audit trail in a reader's words."""

from register.standard.marking import _
from register.web.languages import say

EVENTS = {
    "account_added": _("Account added"),
    "account_disabled": _("Account disabled"),
    "account_enabled": _("Account enabled again"),
    "agency_added": _("Public body added"),
    "agency_changed": _("Public body changed in the directory"),
    "agency_exempted": _("Public body exempted"),
    "agency_in_scope": _("Public body brought into scope"),
    "agency_left": _("Public body left"),
    "amended": _("Amended"),
    "amendment_started": _("New version begun"),
    "confirmation_made_amendment": _("Yearly confirmation made an ordinary new version"),
    "confirmation_started": _("Yearly confirmation begun"),
    "determinations_read": _("Ledger of determinations read"),
    "determined": _("Determined whether a system must be disclosed"),
    "draft_discarded": _("Draft discarded"),
    "draft_resumed": _("Discarded draft taken up again"),
    "draft_saved": _("Draft saved"),
    "draft_started": _("Filing begun"),
    "draft_uploaded": _("Draft written from a spreadsheet"),
    "duty_exempted": _("One duty exempted"),
    "duty_owed_again": _("One duty owed again"),
    "endorsed": _("Approved by the agency"),
    "everything_exported": _("Everything exported"),
    "import_applied": _("Import ordered as drafts"),
    "import_brought": _("File of another register brought"),
    "import_cancelled": _("Import called off"),
    "import_completed": _("Ordered import completed"),
    "import_decided": _("Publication of an import decided"),
    "import_failed": _("Ordered import failed"),
    "import_finished": _("Import finished"),
    "import_proposed": _("Publication of an import proposed"),
    "import_returned": _("Proposed import not published"),
    "import_started": _("Import begun"),
    "import_tried": _("Dry run of an import ordered"),
    "imported": _("Imported"),
    "invitation_taken_back": _("Invitation taken back"),
    "invited": _("Invited to an account"),
    "non_public_read": _("Record read with what is not public"),
    "password_set": _("Password chosen"),
    "published": _("Published"),
    "returned": _("Returned for changes"),
    "sample_loaded": _("Sample loaded"),
    "sections_confirmed": _("Sections confirmed"),
    "signed_in": _("Signed in"),
    "spreadsheet_taken_in": _("Spreadsheet taken in"),
    "submitted": _("Submitted"),
    "taken_back": _("Taken back before a decision"),
    "template_kept": _("Template kept"),
    "template_removed": _("Template removed"),
    "withdrawal_proposed": _("Withdrawal proposed"),
    "withdrawn": _("Withdrawn"),
}


def event_words(name: str) -> str:
    """Name an event; one without words keeps its own name."""
    return say(EVENTS[name]) if name in EVENTS else name
