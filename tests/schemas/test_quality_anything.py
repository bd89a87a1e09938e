"""Whatever is judged: points between none and a hundred, findings of what there is, no surprise."""

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from register.errors import Message
from register.schemas.quality import Marks, judge, traces_of
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.quality import BY_ID
from tests.answers import all_answers, answers_of, answers_to, json_values
from tests.desk import sample_content
from tests.schemas.withheld import ENTRY

PUBLIC = [field for field in CURRENT.asked_fields if field.public]


def check(marks: Marks) -> None:
    names = {field.name for field in PUBLIC}
    assert 0 <= marks.score <= 100
    for finding in marks.findings:
        assert finding.field in names
        words = Message(BY_ID[finding.rule].finding, **finding.values, language=finding.language)
        assert "%(" not in words.english


@settings(deadline=None, max_examples=30)
@given(json_values(), json_values(), json_values())
def test_any_json_at_all_is_judged(answers: Any, withheld: Any, not_stated: Any) -> None:
    content = Content(answers=answers, withheld=withheld, not_stated=not_stated)

    check(judge(CURRENT, content))
    traces_of(CURRENT, content)


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from([field.name for field in CURRENT]), json_values(), min_size=1, max_size=20
    ),
    st.lists(st.dictionaries(st.sampled_from([*ENTRY, "more"]), json_values()), max_size=2),
)
def test_any_json_under_the_names_of_the_standard_is_judged(answers: Any, withheld: Any) -> None:
    whole = {**sample_content().answers, **answers}
    content = Content(answers=whole, withheld=tuple(withheld))

    check(judge(CURRENT, content))
    traces_of(CURRENT, content)


@settings(deadline=None, max_examples=30)
@given(all_answers())
def test_any_good_answers_are_judged(answers: Any) -> None:
    check(judge(CURRENT, Content(answers=answers)))


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_one_more_answer_never_makes_a_record_less_complete(data: st.DataObject) -> None:
    answers = data.draw(answers_of(PUBLIC))
    withheld = data.draw(st.lists(st.sampled_from(PUBLIC), max_size=3))
    open_ = [f for f in PUBLIC if f.name not in answers and f.is_asked(answers)]
    assume(set(open_) - set(withheld))
    field = data.draw(st.sampled_from([f for f in open_ if f not in withheld]))
    before = Content(answers=answers, withheld=tuple({"field": f.name} for f in withheld))

    after = before.with_answers(**{field.name: data.draw(answers_to(field))})

    shares = [judge(CURRENT, each).shares["answered"] for each in (before, after)]
    assert shares[0] <= shares[1] + 1e-9
