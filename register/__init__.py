"""A register of the AI systems that public bodies use."""

import warnings
from collections.abc import Mapping
from typing import Any

from flask import Flask

# Whoosh is frozen: what Python says of its source when it first compiles it helps nobody.
warnings.filterwarnings("ignore", category=SyntaxWarning, module=r".*whoosh")


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Make the application: the wiring and nothing else. ``overrides`` are settings."""
    from register import config, storage, web
    from register.search import Relevance, SearchIndex, StorageSource, synonyms
    from register.services.ledger import ledgering
    from register.standard import CURRENT

    settings = config.load(overrides)
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask(__name__, static_folder=None, instance_path=str(settings.instance))
    app.secret_key = config.secret_key(settings)
    app.extensions["register.settings"] = settings
    app.extensions["register.is_sample"] = (settings.instance / "keys" / "sample-password").exists
    storage.init_app(app, settings, last_deed=ledgering.append_written)
    app.extensions["register.search"] = SearchIndex(
        settings.index_folder,
        StorageSource(),
        CURRENT,
        languages=settings.languages,
        label=web.languages.label_in,
        relevance=Relevance(synonyms=synonyms.files(settings.instance)),
    )
    web.init_app(app, settings)
    return app
