"""The register asks nobody: it opens no connection but to its database and its mail server."""

from tests.promises.sources import imported_names, modules

CLIENTS = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc",
}
# It listens there, and connects to nobody.
LISTENING = {"register/cli/serve.py": {"socket"}}
# Letters go to the one server that was set, and nowhere else.
SENDING = {"register/mail/sending.py": {"smtplib", "ssl"}}
# A command tries the links of published records where that is allowed, and no request ever does.
TRYING = {
    "register/links/addresses.py": {"socket"},
    "register/links/trying.py": {"http.client", "socket", "ssl"},
}
ALLOWED = LISTENING | SENDING | TRYING


def test_no_module_imports_what_opens_connections() -> None:
    found = {
        name: imported - ALLOWED.get(name, set())
        for name, module in modules("register/")
        if (imported := imported_names(module) & CLIENTS)
    }

    assert {name: clients for name, clients in found.items() if clients} == {}


def test_no_request_reaches_what_tries_links() -> None:
    importers = {
        name
        for name, module in modules("register/")
        if any(n.startswith("register.links") for n in imported_names(module))
        and not name.startswith("register/links/")
    }
    of_the_deed = {
        name
        for name, module in modules("register/")
        if {"register.services.links", "register.services.links.check_links"}
        & imported_names(module)
    }

    assert importers == {"register/services/links.py", "register/cli/quality.py"}
    assert of_the_deed == {"register/cli/quality.py"}
