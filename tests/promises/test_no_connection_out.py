"""The register asks nobody anything: it opens no connection but to its database."""

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


def test_no_module_imports_what_opens_connections() -> None:
    found = {
        name: imported - LISTENING.get(name, set())
        for name, module in modules("register/")
        if (imported := imported_names(module) & CLIENTS)
    }

    assert {name: clients for name, clients in found.items() if clients} == {}
