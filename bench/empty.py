"""A page with nothing on it: as fast as Flask answers on this machine."""

from flask import Flask

application = Flask(__name__)


@application.route("/")
def nothing() -> str:
    """Say nothing."""
    return ""
