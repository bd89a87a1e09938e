"""The dialects that there are, by the names that the command line and the API use."""

from register.errors import NotFound
from register.exchange.atrs.atrs_4 import ATRS_4
from register.exchange.canada_2025 import CANADA_2025
from register.exchange.eu.eu_annex_viii import EU_ANNEX_VIII
from register.exchange.eu.eurocities import EUROCITIES
from register.exchange.mapping import Format
from register.exchange.nl.nl_1_0 import NL_1_0
from register.exchange.nl.nl_dump import NL_DUMP
from register.exchange.nyc.nyc_ll35 import NYC_LL35
from register.exchange.omb.eo13960_2023 import EO13960_2023
from register.exchange.omb.omb_2024 import OMB_2024
from register.exchange.omb.omb_2025 import OMB_2025
from register.exchange.omb.omb_2025_cots import OMB_2025_COTS
from register.exchange.own.register_1 import REGISTER_1, LineFormat

FORMATS: dict[str, Format] = {
    dialect.name: dialect
    for dialect in (
        OMB_2025,
        OMB_2025_COTS,
        OMB_2024,
        EO13960_2023,
        CANADA_2025,
        NL_1_0,
        NL_DUMP,
        EUROCITIES,
        ATRS_4,
        NYC_LL35,
        EU_ANNEX_VIII,
    )
}
#: Every name, of tables and of what is none.
NAMES = tuple(sorted({*FORMATS, REGISTER_1.name}))


def get_format(name: str) -> Format | LineFormat:
    """Find a dialect by its name; raise :exc:`NotFound`, naming those there are."""
    if name == REGISTER_1.name:
        return REGISTER_1
    if name not in FORMATS:
        raise NotFound(f'There is no format "{name}". Known: {", ".join(NAMES)}.')
    return FORMATS[name]
