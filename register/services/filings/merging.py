"""One section within the whole content of a filing: putting it in, and telling its state."""

import hashlib
import json

from register.standard.content import Content
from register.standard.field import Section


def merged(kept: Content, written: Content, section: Section) -> Content:
    """Replace what ``kept`` says of the section's questions by what was ``written``."""
    names = {field.name for field in section.asked_fields} - {"agency"}
    return Content(
        answers={
            **{k: v for k, v in kept.answers.items() if k not in names},
            **{k: v for k, v in written.answers.items() if k in names},
        },
        withheld=tuple(
            [entry for entry in kept.withheld if entry["field"] not in names]
            + [entry for entry in written.withheld if entry["field"] in names]
        ),
        not_stated=tuple(name for name in kept.not_stated if name not in names),
        translations={
            **{k: v for k, v in kept.translations.items() if k not in names},
            **{k: v for k, v in written.translations.items() if k in names},
        },
    )


def fingerprint(content: Content, section: Section) -> str:
    """Give a short text that changes whenever what is kept of this section does."""
    alone = merged(Content(), content, section).to_json()
    names = {field.name for field in section.asked_fields}
    alone["not_stated"] = [name for name in content.not_stated if name in names]
    return hashlib.sha256(json.dumps(alone, sort_keys=True).encode()).hexdigest()[:16]
