"""Tiles: their paths, their contents, and reading the tree back from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.ledger import merkle, tiles
from register.ledger.tiles import ENTRIES, BadTile, Tile
from tests.ledger.log_in_memory import Log

SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 513, 1000]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/x00/000",
        "tile/0/001/000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/data/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/1/",
        "tile/0/000\n",
        "/tile/0/000",
        "tile/0/٠٠٠",
        "tile/0/../000",
        "tile/0/" + "x001/" * 100 + "000",
    ],
)
def test_what_is_no_path_of_a_tile_is_refused(path: str) -> None:
    with pytest.raises(BadTile):
        tiles.parse_tile_path(path)


@pytest.mark.parametrize("wrong", [(0, -1, 1), (64, 0, 1), (-1, 0, 1), (0, 0, 0), (0, 0, 257)])
def test_no_path_is_given_for_what_is_no_tile(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(BadTile):
        tiles.tile_path(*wrong)


def test_paths_are_those_of_the_specification() -> None:
    assert tiles.tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tiles.tile_path(ENTRIES, 1234067, 8) == "tile/entries/x001/x234/067.p/8"
    assert tiles.tile_path(63, 999) == "tile/63/999"
    assert tiles.tile_path(1, 1000, 255) == "tile/1/x001/000.p/255"


@given(st.integers(0, 63) | st.just(ENTRIES), st.integers(0, 2**55), st.integers(1, tiles.WIDTH))
def test_a_path_is_read_as_it_was_written(level: tiles.Level, n: int, width: int) -> None:
    assert tiles.parse_tile_path(tiles.tile_path(level, n, width)) == Tile(level, n, width)


def test_the_tiles_of_a_tree_are_those_of_the_specification() -> None:
    needed = list(tiles.required_tiles(70_000))

    assert [tile for tile in needed if tile.width < 256] == [
        Tile(ENTRIES, 273, 112),
        Tile(0, 273, 112),
        Tile(1, 1, 17),
        Tile(2, 0, 1),
    ]
    assert [tile for tile in needed if tile.level == 1] == [Tile(1, 0, 256), Tile(1, 1, 17)]
    assert len(needed) == 274 + 274 + 2 + 1
    assert list(tiles.required_tiles(0)) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_tree_has_the_tiles_that_it_needs_and_no_wider_ones(size: int) -> None:
    for needed in tiles.required_tiles(size):
        assert tiles.is_required(needed, size)
        assert needed.width == 256 or not tiles.is_required(
            needed._replace(width=needed.width + 1), size
        )


@pytest.mark.parametrize("size", SIZES)
def test_a_tree_read_from_its_tiles_is_the_same_tree(size: int) -> None:
    log = Log.of(size)

    read = tiles.TileNodes(size, log.content)

    assert merkle.root(size, read) == log.root()
    for index in range(0, size, 37):
        assert merkle.inclusion_proof(index, size, read) == merkle.inclusion_proof(index, size, log)


def test_a_tile_that_is_cut_short_is_noticed() -> None:
    log = Log.of(300)

    read = tiles.TileNodes(300, lambda tile: log.content(tile)[:-1])

    with pytest.raises(BadTile, match=r"tile/0/001\.p/44 does not hold 44 hashes"):
        merkle.root(300, read)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_is_read_as_it_was_written(datas: list[bytes]) -> None:
    assert tiles.read_entry_bundle(tiles.entry_bundle(datas)) == datas


def test_an_entry_has_room_for_its_length() -> None:
    longest = b"x" * 65_535

    assert tiles.read_entry_bundle(tiles.entry_bundle([longest])) == [longest]
    with pytest.raises(BadTile, match="at most 65,535 bytes"):
        tiles.entry_bundle([longest + b"x"])


@pytest.mark.parametrize("bundle", [b"\0", b"\0\5abc", b"\0\1a\0"])
def test_a_bundle_that_ends_within_an_entry_is_refused(bundle: bytes) -> None:
    with pytest.raises(BadTile, match="in the middle"):
        tiles.read_entry_bundle(bundle)
