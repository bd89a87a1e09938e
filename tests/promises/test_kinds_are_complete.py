"""Every kind of answer can be asked, judged and shown."""

import pytest

from register.forms import fields as forms
from register.schemas import kinds as schemas
from register.standard import json_schema, wording
from register.standard.field import Kind
from register.standard.v1 import V1
from tests.promises.sources import ROOT

TEMPLATES = ROOT / "templates"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_can_be_asked_judged_printed_and_shown(kind: Kind) -> None:
    assert kind in forms.KINDS, "register/forms/fields.py"
    assert kind in schemas.TABLE, "register/schemas/kinds.py"
    assert kind in wording.KIND_WORDS, "register/standard/wording.py"
    assert kind in json_schema._SHAPES, "register/standard/json_schema.py"
    assert (TEMPLATES / "ask" / f"{kind.value}.html").is_file()
    assert (TEMPLATES / "show" / f"{kind.value}.html").is_file()


def test_no_template_is_left_over() -> None:
    kinds = {kind.value for kind in Kind}
    names = {field.name for field in V1} | {part.name for field in V1 for part in field.parts}

    asked = {path.stem for path in (TEMPLATES / "ask").glob("*.html")}
    shown = {path.stem for path in (TEMPLATES / "show").glob("*.html")}

    # A question that needs a look of its own has a template of its own name.
    assert asked <= kinds | names
    assert shown <= kinds | names
