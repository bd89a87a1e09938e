"""The rules by which a record is found complete and plain: data, printed for everybody to read.

A score is made of what anybody may read and of nothing else, so that anybody can work it out again
from the public JSON. What depends on other records, or on other people's web sites, is shown beside
the score and weighs nothing: it would change without anybody touching the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from register.standard.marking import _

#: The name of this set of rules. A change of any number below needs a new one.
VERSION = "q1"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: what it looks at, why, the way out, and what a finding of it says.

    ``limits`` are its numbers by name; ``weight`` is its part of the hundred points.
    """

    id: str
    label: str
    why: str
    way_out: str
    finding: str
    weight: int
    limits: Mapping[str, float] = field(default_factory=dict)


RULES = (
    Rule(
        id="answered",
        label=_("Questions are answered"),
        why=_(
            "Counted are the questions that arise for the record and that the public may read. An"
            " answer that is lawfully withheld counts as given. A question that the standard does"
            " not demand of this record weighs a quarter while it is not answered, and one of which"
            " silence says “none” weighs nothing. A text that is too short is no answer."
        ),
        way_out=_("Answer the question, or withhold the answer and say why."),
        finding=_("Not answered."),
        weight=40,
        limits={"weight_of_optional": 0.25},
    ),
    Rule(
        id="languages",
        label=_("Texts are there in every language of the record"),
        why=_(
            "Whoever files in two languages lets people rely on both. The share of the texts that"
            " are there counts."
        ),
        way_out=_("Write the text in this language too."),
        finding=_("Missing in %(language)s."),
        weight=15,
    ),
    Rule(
        id="enough",
        label=_("Texts say enough"),
        why=_(
            "A full stop is no answer. Characters are counted, a repeated word only once: at least"
            " %(first)s in the summary and in the purpose, %(others)s in any other long text, and"
            " %(parts)s in a long text within a group of answers."
        ),
        way_out=_("Say more: what a stranger needs in order to understand it."),
        finding=_("Very short in %(language)s: %(characters)s of at least %(least)s characters."),
        weight=15,
        limits={"first": 40, "others": 20, "parts": 4},
    ),
    Rule(
        id="reading",
        label=_("Summary and purpose are easy to read in English"),
        why=_(
            "Measured is the Flesch–Kincaid grade, 0.39 × words per sentence + 11.8 × syllables per"
            " word − 15.59: about the years of school that a reader needs. Up to grade %(good)s all"
            " points are given, from grade %(bad)s none, and above grade %(told)s it is a finding."
            " Texts of fewer than %(words)s words are not measured. Syllables are counted by a"
            " rule that is right for about 97 of 100 words."
        ),
        way_out=_("Use shorter sentences and everyday words."),
        finding=_("Hard to read in English: grade %(grade)s."),
        weight=10,
        limits={"good": 10, "told": 13, "bad": 18, "words": 20},
    ),
    Rule(
        id="sentences",
        label=_("Summary and purpose have short sentences in Urdu"),
        why=_(
            "No formula for Urdu is well tested, so the words per sentence are counted. A sentence"
            " ends with ۔ ؟ or !, with a Latin full stop or question mark, or with the line. Up to"
            " %(good)s words all points are given, from %(bad)s none, and above %(told)s it is a"
            " finding. Texts of fewer than %(words)s words are not measured."
        ),
        way_out=_("Make two sentences out of one."),
        finding=_("Long sentences in Urdu: %(length)s words each."),
        weight=10,
        limits={"good": 22, "told": 28, "bad": 40, "words": 20},
    ),
    Rule(
        id="abbreviations",
        label=_("Abbreviations are explained"),
        why=_(
            "A word of two to eight Latin capitals counts as explained if the record says once, in"
            " the same language, “the long words (ABC)” or “ABC (the long words)”. The agency's own"
            " short name, names of suppliers and products, and a short list of common ones need"
            " no explanation. Each of the others takes a fifth of the points."
        ),
        way_out=_("Write it out once, with the abbreviation in brackets."),
        finding=_("Not explained in %(language)s: %(words)s."),
        weight=5,
        limits={"worst": 5},
    ),
    Rule(
        id="repeated",
        label=_("No answer repeats another"),
        why=_(
            "The same long text under two questions answers one of them at most. Compared are texts"
            " of %(long)s characters or more. Each repetition takes a fifth of the points."
        ),
        way_out=_("Answer this question in words of its own."),
        finding=_("The same text as under “%(question)s”, in %(language)s."),
        weight=5,
        limits={"long": 80, "worst": 5},
    ),
    Rule(
        id="copied",
        label=_("Texts are the record's own"),
        why=_(
            "A text that many records share word for word says little about this one. Compared are"
            " texts of %(long)s characters or more. It is shown and not counted: it depends on"
            " other records."
        ),
        way_out=_("Say what holds for this system."),
        finding=_("The same text in %(language)s stands in other records too: in %(count)s."),
        weight=0,
        limits={"long": 80},
    ),
    Rule(
        id="links",
        label=_("Links lead somewhere"),
        why=_(
            "Where the register checks links, one that failed on two different days is shown. It is"
            " not counted: it depends on other web sites."
        ),
        way_out=_("Put the right address, or take the link out."),
        finding=_("This link did not work when it was tried on %(day)s: %(url)s"),
        weight=0,
    ),
)
BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}

#: The questions whose texts are measured for how they read.
MEASURED = ("summary", "purpose")

#: Questions of which silence says "none": nobody could answer them just to be complete.
SILENCE_SAYS_NONE = frozenset(
    {"external_ids", "tags", "source_code_url", "authorisations", "waivers", "incidents"}
)

#: Capitals that need no explanation: known to most readers, or no abbreviations at all.
COMMON = frozenset(
    """
    AI IA IT ID PDF UN EU UK US USA UAE TV SMS PIN GPS QR CCTV URL HTML CSV JSON API USB WWW FAQ
    COVID AM PM OK AND OR NOT NO ALL ONLY MUST
    """.split()
)
