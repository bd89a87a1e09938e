"""All doors that there are, each with its addresses."""

from register.web import account, health, tokens
from register.web.api import api, api_filing, api_reference
from register.web.audit import (
    audit,
    audit_bundle,
    audit_changes,
    audit_exceptions,
    audit_notes,
    audit_records,
    audit_sample,
    audit_trail,
)
from register.web.filing import filing, kept, renewal, review, starting, uploads, withdrawal
from register.web.public import bundles, coverage, data, exports, history, ledger, public, quality
from register.web.search import searching
from register.web.secretariat import accounts, imports, secretariat

_DOORS = (
    public,
    searching,
    history,
    coverage,
    quality,
    account,
    tokens,
    kept,
    starting,
    uploads,
    filing,
    renewal,
    withdrawal,
    review,
    imports,
    secretariat,
    accounts,
    audit,
    audit_bundle,
    audit_changes,
    audit_exceptions,
    audit_notes,
    audit_records,
    audit_sample,
    audit_trail,
    data,
    ledger,
    api,
    exports,
    bundles,
    api_filing,
    api_reference,
    health,
)

BLUEPRINTS = (*(door.blueprint for door in _DOORS), api_reference.pages)
