from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gguf_files import write_model, write_projector
from hub_server import COMMIT, FakeHub, hub_on_loopback
from sightline.engines.catalogue import UNKNOWN, Entry, catalogue, entry_of, good_at
from sightline.engines.hub import Hub, HubFile, NoNetwork, PullFailed, Repository, check_room
from sightline.engines.shelf import Card, Probe, Shelf, chosen
from sightline.errors import ConfigError, InvalidRequest, NotFound

ENTRY = Entry("eyes", "tiny/Eyes-GGUF")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[FakeHub]:
    files = {
        "Eyes-Q8_0.gguf": write_model(tmp_path / "made/a.gguf").read_bytes() + bytes(300_000),
        "Eyes-f16.gguf": b"GGUF" + bytes(10),
        "mmproj-Eyes-f16.gguf": write_projector(tmp_path / "made/b.gguf").read_bytes(),
        "mmproj-Eyes-Q8_0.gguf": b"GGUF",
    }
    with hub_on_loopback(FakeHub(files)) as found:
        yield found


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "models")


def pull(shelf: Shelf, hub: FakeHub, token: str | None = None, precision: str | None = None) -> tuple[Card, list[int]]:
    seen: list[int] = []
    return shelf.pull(ENTRY, Hub(hub.address, token), precision, lambda file, n: seen.append(n)), seen


def test_a_file_that_is_not_the_one_that_was_pulled_is_named(shelf: Shelf, hub: FakeHub) -> None:
    pull(shelf, hub)
    assert shelf.damage("eyes") is None
    path = shelf.projector_file("eyes")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert shelf.damage("eyes") == "mmproj-eyes.gguf was changed (its sha256 differs)"
    path.write_bytes(whole[:-1])
    assert str(shelf.damage("eyes")).startswith("mmproj-eyes.gguf has ")
    shelf.model_file("eyes").unlink()
    assert shelf.damage("eyes") == "eyes.gguf is missing"


def test_a_pulled_model_is_here_under_its_name_with_what_the_hub_said_of_it(shelf: Shelf, hub: FakeHub) -> None:
    card, seen = pull(shelf, hub)
    assert shelf.model_file("eyes").read_bytes() == hub.files["Eyes-Q8_0.gguf"]
    assert shelf.projector_file("eyes").read_bytes() == hub.files["mmproj-Eyes-f16.gguf"]
    assert shelf.names() == ["eyes"]
    assert shelf.card("eyes") == card
    assert (card.licence, card.commit, card.repository) == ("apache-2.0", COMMIT, "tiny/Eyes-GGUF")
    assert card.n_bytes == seen[-1] + len(hub.files["Eyes-Q8_0.gguf"])
    assert shelf.local("eyes") == str(shelf.model_file("eyes"))
    assert sorted(path.name for path in shelf.model_file("eyes").parent.iterdir()) == [
        "card.json",
        "eyes.gguf",
        "mmproj-eyes.gguf",
    ]


def test_what_is_here_is_not_fetched_again(shelf: Shelf, hub: FakeHub) -> None:
    pull(shelf, hub)
    hub.asked.clear()
    pull(shelf, hub)
    assert [path for path, *_ in hub.asked] == ["/api/models/tiny/Eyes-GGUF"]


def test_a_connection_that_is_cut_is_gone_on_with_where_it_ended(shelf: Shelf, hub: FakeHub) -> None:
    hub.cut_after = 70_000  # three attempts bring 210,000 of some 300,000 bytes
    with pytest.raises(PullFailed, match=r"cut at 210,000 of 300,\d\d\d bytes; pull again to go on"):
        pull(shelf, hub)
    assert not shelf.has("eyes")
    assert [span for path, span, _ in hub.asked if "resolve" in path] == ["", "bytes=70000-", "bytes=140000-"]
    pull(shelf, hub)
    assert shelf.model_file("eyes").read_bytes() == hub.files["Eyes-Q8_0.gguf"]
    assert ("bytes=210000-") in [span for _, span, _ in hub.asked]


def test_a_server_without_ranges_is_asked_from_the_start(shelf: Shelf, hub: FakeHub) -> None:
    hub.cut_after, hub.knows_ranges = 70_000, False
    with pytest.raises(PullFailed, match="cut at 70,000"):
        pull(shelf, hub)
    hub.cut_after = None
    pull(shelf, hub)
    assert shelf.model_file("eyes").read_bytes() == hub.files["Eyes-Q8_0.gguf"]


def test_other_bytes_than_the_hub_describes_are_thrown_away(shelf: Shelf, hub: FakeHub) -> None:
    hub.wrong_hash = True
    with pytest.raises(PullFailed, match=r"Eyes-Q8_0\.gguf: what came is not what the hub describes"):
        pull(shelf, hub)
    assert list((shelf.folder / "eyes").iterdir()) == []


def test_a_disk_without_room_is_told_with_both_figures_before_a_byte_comes(
    shelf: Shelf, hub: FakeHub, tmp_path: Path
) -> None:
    hub.claims_bytes = 10**18
    with pytest.raises(PullFailed, match=r"has [\d.]+ GB free; 1000000000\.0 GB are still to come"):
        pull(shelf, hub)
    assert not any("resolve" in path for path, *_ in hub.asked)
    check_room(tmp_path, 0)


def test_a_repository_that_is_not_there_is_named(shelf: Shelf, hub: FakeHub) -> None:
    with pytest.raises(PullFailed, match="has no other/Thing"):
        shelf.pull(replace(ENTRY, repository="other/Thing"), Hub(hub.address), None, lambda file, n: None)


def test_a_token_goes_to_the_hub_and_not_where_it_redirects_to(shelf: Shelf, hub: FakeHub) -> None:
    hub.token = "hf_secret"
    with pytest.raises(PullFailed, match=r"does not show tiny/Eyes-GGUF.*HF_TOKEN"):
        pull(shelf, hub)
    with hub_on_loopback(FakeHub(hub.files)) as elsewhere:
        hub.redirects_to = elsewhere.address
        pull(shelf, hub, token="hf_secret")
        assert {authorization for *_, authorization in elsewhere.asked} == {""}
    assert "Bearer hf_secret" in {authorization for *_, authorization in hub.asked}


def test_no_network_is_said_in_plain_words(shelf: Shelf) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(NoNetwork, match=f"no network: {closed} does not answer"):
        shelf.pull(ENTRY, Hub(closed), None, lambda file, n: None)


def test_the_precision_wanted_is_taken_or_what_there_is_is_named(shelf: Shelf, hub: FakeHub) -> None:
    assert pull(shelf, hub, precision="F16")[0].model.path == "Eyes-f16.gguf"
    with pytest.raises(PullFailed, match=r"has not a model of precision Q2_K; its GGUF files: Eyes-Q8_0\.gguf"):
        pull(shelf, hub, precision="Q2_K")


def test_a_model_in_pieces_or_without_eyes_is_refused() -> None:
    pieces = Repository(
        "a/b", "c", "unknown", (HubFile("m-Q4_K_M-00001-of-00002.gguf", 1, ""), HubFile("mmproj-f16.gguf", 1, ""))
    )
    with pytest.raises(PullFailed, match="a model in one file with its projector"):
        chosen(pieces, None)
    with pytest.raises(PullFailed, match="a model in one file with its projector"):
        chosen(Repository("a/b", "c", "unknown", (HubFile("m-Q8_0.gguf", 1, ""),)), None)


def test_what_is_not_a_hub_is_refused(shelf: Shelf, hub: FakeHub) -> None:
    hub.files = {}
    with pytest.raises(PullFailed, match="GGUF files: none"):
        pull(shelf, hub)
    with pytest.raises(ConfigError, match="HF_ENDPOINT: 'file:///etc' is not an http"):
        Hub("file:///etc")


def test_a_removed_model_is_gone_and_only_models_can_be_removed(shelf: Shelf, hub: FakeHub, tmp_path: Path) -> None:
    card, _ = pull(shelf, hub)
    assert shelf.remove("eyes") > card.n_bytes
    assert shelf.names() == []
    (tmp_path / "precious").mkdir()
    for name in ("eyes", "../precious", "", ".", ".."):
        with pytest.raises(NotFound, match="there is no model"):
            shelf.remove(name)
    assert (tmp_path / "precious").is_dir()


def test_what_was_measured_is_kept_on_the_card(shelf: Shelf, hub: FakeHub) -> None:
    pull(shelf, hub)
    shelf.note_probe("eyes", Probe("2026-11-23", 1.5, 20.0))
    card = shelf.card("eyes")
    assert card is not None
    assert card.probe == Probe("2026-11-23", 1.5, 20.0)


def test_a_model_of_the_catalogue_that_is_not_here_says_how_to_get_it(shelf: Shelf) -> None:
    with pytest.raises(
        ConfigError, match="the model smolvlm2-500m is not here yet: sightline models pull smolvlm2-500m"
    ):
        shelf.local("smolvlm2-500m")
    assert shelf.local("gpt-7") == "gpt-7"


def test_every_entry_of_the_catalogue_is_found_by_its_name_and_its_repository() -> None:
    names = [entry.name for entry in catalogue()]
    assert len(names) == len(set(names)) > 10
    for entry in catalogue():
        assert entry_of(entry.name) == entry_of(entry.repository) == entry
        assert good_at(entry.name) == entry.good_at != UNKNOWN
    assert good_at("new-eyes") is None
    assert entry_of("someone/New-Eyes-GGUF") == Entry("new-eyes", "someone/New-Eyes-GGUF")
    for name in ("nothing", "../etc/passwd", "a/b/c"):
        with pytest.raises(InvalidRequest, match="there is no model"):
            entry_of(name)
