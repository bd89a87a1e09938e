"""The parts of the larger groups in the section on making, buying and paying."""

from register.standard.field import ALWAYS, Field, Kind
from register.standard.marking import _
from register.standard.v1.options_supply import AUTHORISATION_KINDS, COST_PERIODS

SUPPLIER_PARTS = (
    Field(
        name="name",
        kind=Kind.LINE,
        label=_("Name of the supplier"),
        help=_("The name under which the company is registered."),
        public=True,
        required=(ALWAYS,),
        max_length=300,
    ),
    Field(
        name="id_scheme",
        kind=Kind.LINE,
        label=_("Company register"),
        help=_("The register in which the company has its number."),
        public=True,
        max_length=100,
    ),
    Field(
        name="id",
        kind=Kind.LINE,
        label=_("Company number"),
        public=True,
        max_length=100,
    ),
    Field(name="country", kind=Kind.LINE, label=_("Country"), public=True, max_length=100),
    Field(
        name="role",
        kind=Kind.LINE,
        label=_("What it supplies"),
        help=_("For example “hosting” or “the language model”."),
        public=True,
        localized=True,
        max_length=300,
    ),
    Field(
        name="procurement_procedure",
        kind=Kind.LINE,
        label=_("How it was chosen"),
        help=_("For example “open tender” or “direct award”."),
        public=True,
        localized=True,
        max_length=300,
    ),
    Field(
        name="contract_ref",
        kind=Kind.LINE,
        label=_("Contract number"),
        public=True,
        max_length=200,
    ),
    Field(
        name="data_access_terms",
        kind=Kind.PROSE,
        label=_("What it may do with the data"),
        public=True,
        localized=True,
        max_length=2000,
    ),
)
COST_PARTS = (
    Field(name="amount", kind=Kind.MONEY, label=_("Amount"), public=True, required=(ALWAYS,)),
    Field(name="period", kind=Kind.CHOICE, label=_("Paid"), public=True, options=COST_PERIODS),
    Field(
        name="scope",
        kind=Kind.LINE,
        label=_("What the amount covers"),
        help=_("For example “licences and hosting, without staff”."),
        public=True,
        localized=True,
        max_length=500,
    ),
)
MODEL_PARTS = (
    Field(
        name="name",
        kind=Kind.LINE,
        label=_("Name of the model"),
        public=True,
        required=(ALWAYS,),
        max_length=300,
    ),
    Field(name="version", kind=Kind.LINE, label=_("Version"), public=True, max_length=100),
    Field(
        name="provider",
        kind=Kind.LINE,
        label=_("Who made the model"),
        public=True,
        max_length=300,
    ),
    Field(
        name="task",
        kind=Kind.LINE,
        label=_("What it does here"),
        help=_("For example “drafts replies”."),
        public=True,
        localized=True,
        max_length=300,
    ),
    Field(
        name="architecture",
        kind=Kind.LINE,
        label=_("Type of model"),
        help=_("For example “random forest” or “transformer”."),
        public=True,
        max_length=300,
    ),
)
PERFORMANCE_PARTS = (
    Field(
        name="metric",
        kind=Kind.LINE,
        label=_("What was measured"),
        help=_("For example “share of claims wrongly flagged”."),
        public=True,
        localized=True,
        max_length=300,
    ),
    Field(name="value", kind=Kind.LINE, label=_("Result"), public=True, max_length=200),
    Field(
        name="group",
        kind=Kind.LINE,
        label=_("For whom"),
        help=_("A group of people, if the result is about one, for example “women over 60”."),
        public=True,
        localized=True,
        max_length=300,
    ),
    Field(
        name="dataset",
        kind=Kind.LINE,
        label=_("Measured on which data"),
        public=True,
        localized=True,
        max_length=300,
    ),
    Field(name="date", kind=Kind.PARTIAL_DATE, label=_("Measured on"), public=True),
    Field(
        name="text",
        kind=Kind.PROSE,
        label=_("Explanation"),
        public=True,
        localized=True,
        max_length=4000,
    ),
)
AUTHORISATION_PARTS = (
    Field(
        name="kind",
        kind=Kind.CHOICE,
        label=_("Kind of approval"),
        public=True,
        required=(ALWAYS,),
        options=AUTHORISATION_KINDS,
    ),
    Field(name="id", kind=Kind.LINE, label=_("Number"), public=True, max_length=200),
    Field(name="issuer", kind=Kind.LINE, label=_("Issued by"), public=True, max_length=300),
    Field(name="expires", kind=Kind.DATE, label=_("Valid until"), public=True),
    Field(name="url", kind=Kind.URL, label=_("Link to the document"), public=True),
)
