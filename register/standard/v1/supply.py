"""Section I: who made the system, how it works, what it costs, how well it does."""

from register.standard.field import Field, Kind, Section, When
from register.standard.marking import _
from register.standard.v1.options_supply import DEVELOPMENT_METHODS
from register.standard.v1.rules import EVERY_SYSTEM, EVERY_USE, FROM_HIGH, FROM_SIGNIFICANT
from register.standard.v1.supply_parts import (
    AUTHORISATION_PARTS,
    COST_PARTS,
    MODEL_PARTS,
    PERFORMANCE_PARTS,
    SUPPLIER_PARTS,
)

BOUGHT = When(field="development_method", is_in=("contracted", "mixed", "purchased"))
GENERATIVE = When(field="techniques", is_in=("generative_ai", "agentic_ai"), also=(EVERY_SYSTEM,))

SUPPLY = Section(
    name="supply",
    title=_("System and suppliers"),
    intro=_("Who made the system, how it works, what it costs and how well it does."),
    fields=(
        Field(
            name="development_method",
            kind=Kind.CHOICE,
            label=_("Way it was made or bought"),
            help=_(
                "If a bought product was changed a great deal for you, choose “Built together”."
            ),
            public=True,
            required=(EVERY_SYSTEM,),
            asked=(EVERY_USE,),
            options=DEVELOPMENT_METHODS,
        ),
        Field(
            name="suppliers",
            kind=Kind.GROUPS,
            label=_("Suppliers"),
            help=_(
                "Every company involved, including the one whose model is used underneath, one"
                " entry for each."
            ),
            public=True,
            required=(BOUGHT,),
            asked=(EVERY_USE,),
            parts=SUPPLIER_PARTS,
        ),
        Field(
            name="cost",
            kind=Kind.GROUP,
            label=_("Cost"),
            help=_("What the agency pays for it. A rounded figure is better than none."),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=COST_PARTS,
        ),
        Field(
            name="models",
            kind=Kind.GROUPS,
            label=_("Models"),
            help=_("The trained models inside the system, with their exact versions."),
            public=True,
            required=(GENERATIVE, FROM_HIGH),
            asked=(EVERY_USE,),
            parts=MODEL_PARTS,
        ),
        Field(
            name="how_it_works",
            kind=Kind.PROSE,
            label=_("How it works"),
            help=_(
                "Explain the method to a reader with some technical knowledge. Say whether it goes"
                " on learning while it is used."
            ),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            localized=True,
            max_length=10000,
        ),
        Field(
            name="performance",
            kind=Kind.GROUPS,
            label=_("How well does it do?"),
            help=_(
                "Measured results, above all how often it is wrong and whether it is wrong more"
                " often for some people than for others."
            ),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=PERFORMANCE_PARTS,
        ),
        Field(
            name="source_code_url",
            kind=Kind.URL,
            label=_("Source code"),
            help=_("A link, if the program code is published."),
            public=True,
            asked=(EVERY_USE,),
        ),
        Field(
            name="authorisations",
            kind=Kind.GROUPS,
            label=_("Approvals and certificates"),
            help=_("Formal approvals needed to run the system, one entry for each."),
            public=True,
            asked=(EVERY_USE,),
            parts=AUTHORISATION_PARTS,
        ),
    ),
)
