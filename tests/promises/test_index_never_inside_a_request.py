"""No request waits for the index to be written: that is the drainer's work, in its own process."""

from tests.promises.sources import called_names, imported_names, modules

WRITING = {
    "drain",
    "rebuild",
    "watch",
    "purge",
    "mend",
    "apply",
    "fill",
    "tidy",
    "switch",
    "settle",
}
READING_SIDE = {
    "register.search",
    *(
        f"register.search.{name}"
        for name in (
            "PAGE_SIZE",
            "SORTS",
            "Piece",
            "Query",
            "Results",
            "SearchIndex",
            "StorageSource",
            "facets_of",
            "highlight",
            "snippet",
        )
    ),
}


def test_no_page_writes_to_the_index() -> None:
    guilty = {
        name: called
        for name, module in modules("register/web/")
        if (called := called_names(module) & WRITING)
    }

    assert guilty == {}


def test_pages_reach_the_index_by_its_front_door_only() -> None:
    strangers = {
        name: foreign
        for name, module in modules("register/web/")
        if (
            foreign := {n for n in imported_names(module) if n.startswith("register.search")}
            - READING_SIDE
        )
    }

    assert strangers == {}


def test_services_leave_a_notice_and_do_not_know_the_index() -> None:
    guilty = {
        name
        for name, module in modules("register/services/", "register/storage/")
        if any(n.startswith(("register.search", "whoosh")) for n in imported_names(module))
    }

    assert guilty == set()
