from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.images.address import UrlRefused, is_fetchable, parse_target, redact, vet_answers

PORTS = frozenset({80, 443})
PUBLIC = "93.184.216.34"
NAMES = {
    "img.example.com": [PUBLIC],
    "1.1.1.1.nip.example.com": [PUBLIC],
    "xn--bcher-kva.example": [PUBLIC],
    "v6.example.com": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
    "mixed.example.com": [PUBLIC, "10.0.0.1"],
    "loop.example.com": ["127.0.0.1"],
    "meta.example.com": ["169.254.169.254"],
    "nat64.example.com": ["64:ff9b::a9fe:a9fe"],
    "six.example.com": ["2002:7f00:1::"],
    "map.example.com": ["::ffff:127.0.0.1"],
    "zero.example.com": ["0.0.0.0"],  # noqa: S104
    "ula.example.com": ["fd00::1"],
}


def verdict(url: str) -> tuple[str, str | None]:
    try:
        target = parse_target(url, PORTS)
        vet_answers([str(target.address)] if target.address else NAMES.get(target.host, []))
    except UrlRefused as refused:
        return "refuse", refused.reason
    return "allow", None


def test_b01_every_offline_case_has_its_verdict_and_code(url_cases: list[dict[str, Any]]) -> None:
    wrong = []
    for case in url_cases:
        got, reason = verdict(case["url"])
        if got != case["verdict"] or case.get("code") not in (None, reason):
            wrong.append((case["url"], case["verdict"], case.get("code"), got, reason))
    assert len(url_cases) == 130
    assert wrong == []


@pytest.mark.parametrize("answers", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], ["::1"], [], ["fe80::1%eth0"]])
def test_one_bad_answer_refuses_all(answers: list[str]) -> None:
    with pytest.raises(UrlRefused):
        vet_answers(answers)


def test_an_allowed_network_opens_itself_and_nothing_beside_it() -> None:
    from ipaddress import ip_address, ip_network

    lan = (ip_network("192.168.7.0/24"),)
    assert is_fetchable(ip_address("192.168.7.9"), lan)
    assert not is_fetchable(ip_address("192.168.8.9"), lan)
    assert not is_fetchable(ip_address("::ffff:192.168.7.9"), lan)


@pytest.mark.parametrize(
    ("host", "allowed"), [("a.example.com", True), ("a.b.example.com", False), ("example.com", False), ("x.org", False)]
)
def test_a_wildcard_stands_for_one_label(host: str, allowed: bool) -> None:
    with nullcontext() if allowed else pytest.raises(UrlRefused, match="domain"):
        parse_target(f"https://{host}/p.png", PORTS, ["*.example.com"])


@given(st.text(max_size=80))
def test_no_text_breaks_the_parser(text: str) -> None:
    for url in (text, "http://" + text, "https://a.example.com/" + text):
        try:
            target = parse_target(url, PORTS)
        except UrlRefused:
            continue
        assert target.host.isascii()
        assert target.path.isascii()
        assert target.path.startswith("/")
        assert "\r" not in target.path
        assert " " not in target.path


def test_what_is_shown_of_a_url_has_no_query_and_no_password() -> None:
    shown = redact("https://user:secret@img.example.com/a.png?token=canary#canary")
    assert shown == "https://img.example.com/a.png"
    assert len(redact("https://img.example.com/" + "a" * 3000)) == 200
