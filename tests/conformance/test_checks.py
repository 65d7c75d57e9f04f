"""Every check holds on a server that keeps to the contract, and fails on one that does not: a check that cannot
fail is a defect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conformance.small_server import MODEL, SmallServer, serving_small
from sightline.conformance import CHECKS, Check, Client, Outcome, Server, Verdict, run

KEY = "sk-right-000000"
FAULTS: dict[str, str] = {
    "replies.form": "no_id",
    "replies.finish_reason": "no_finish_reason",
    "replies.usage": "wrong_usage",
    "replies.models": "lists_others",
    "formats": "drops_images",
    "formats.animated_gif": "last_frame",
    "formats.png_16_bit": "clips_16_bit",
    "formats.mislabelled": "trusts_media_types",
    "formats.bare_string": "drops_bare_strings",
    "formats.one_pixel": "crashes_on_odd_sizes",
    "formats.thin": "crashes_on_odd_sizes",
    "formats.heic": "skips_broken_images",
    "orientation": "ignores_exif",
    "alpha": "drops_alpha",
    "detail": "ignores_detail",
    "detail.values": "refuses_detail",
    "detail.auto": "auto_is_low",
    "detail.seconds": "ignores_detail slow",
    "detail.shared_cache": "detail_not_in_cache",
    "order": "only_first_image",
    "order.in_order": "reversed_images",
    "order.earlier_turn": "only_last_turn",
    "drops": "skips_broken_images",
    "drops.picture_is_seen": "drops_images",
    "drops.system_role": "only_user_images",
    "drops.assistant_role": "only_user_images",
    "drops.unknown_part": "skips_unknown_parts",
    "drops.audio": "skips_unknown_parts",
    "drops.unknown_field": "ignores_unknown",
    "drops.unknown_image_field": "ignores_unknown",
    "streams": "skips_broken_images",
    "streams.events": "event_names",
    "streams.chunks": "new_id_each_chunk",
    "streams.role_once": "role_in_every_chunk",
    "streams.same_answer": "stream_differs",
    "streams.in_pieces": "one_piece",
    "streams.usage": "no_stream_usage",
    "streams.options_alone": "ignores_unknown",
    "streams.leaving": "upset_by_leaving",
    "structured": "ignores_response_format",
    "sampling": "ignores_limits",
    "sampling.stop": "ignores_stop",
    "sampling.stop_list": "ignores_stop",
    "sampling.stop_five": "ignores_stop",
    "sampling.n": "ignores_n",
    "sampling.logprobs": "ignores_logprobs",
    "sampling.top_logprobs_alone": "ignores_logprobs",
    "sampling.seed": "random_answers",
    "sampling.greedy": "random_answers",
    "errors": "checks_nothing",
    "errors.envelope": "plain_text_errors",
    "errors.names_the_part": "skips_broken_images",
    "errors.not_json": "faults_on_bad_json",
    "errors.deep_json": "faults_on_bad_json",
    "errors.no_model": "any_model",
    "errors.unknown_model": "any_model",
    "errors.no_url": "skips_broken_images",
    "errors.ftp": "skips_broken_images",
    "errors.unknown_route": "answers_everywhere",
    "errors.too_long": "cuts_prompts",
    "errors.key_needed": "no_key_check",
    "caching": "mixes_requests",
    "caching.one_after_another": "cache_by_size",
    "caching.same_again": "cheaper_when_seen",
    "safety": "skips_broken_images",
    "safety.private_address": "fetches",
    "safety.spellings": "fetches",
    "safety.redirect": "fetches",
    "safety.schema_reference": "fetches",
    "safety.local_file": "reads_files",
    "safety.markers": "faults_on_markers",
    "safety.leaks": "leaks",
}  # by check, or by group
ON_GOOD = {
    "formats.heic": (Verdict.partial,),  # Pillow alone does not read it: refused
    "detail.seconds": (Verdict.not_applicable, Verdict.partial, Verdict.passed),  # too fast to tell, on a quiet machine
}


def judged(server: SmallServer, check: Check) -> Outcome:
    client = Client(server.url, api_key=server.api_key, timeout_s=20)
    return run(Server(client, MODEL), [check], recovery_s=0.2)[0].outcome


@pytest.fixture(scope="module")
def good() -> Iterator[SmallServer]:
    with serving_small(api_key=KEY) as server:
        yield server


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_server_that_keeps_to_the_contract_passes(good: SmallServer, check: Check) -> None:
    outcome = judged(good, check)
    assert outcome.verdict in ON_GOOD.get(check.id, (Verdict.passed,)), outcome.evidence


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_server_with_the_fault_fails(check: Check) -> None:
    faults = FAULTS.get(check.id) or FAULTS[check.group]
    with serving_small(*faults.split(), api_key=KEY) as server:
        outcome = judged(server, check)
    assert outcome.verdict is Verdict.failed, outcome.evidence


def test_a_server_that_drops_pictures_in_silence_fails_where_pictures_matter_and_nowhere_else() -> None:
    with serving_small("drops_images", api_key=KEY) as small:
        server = Server(Client(small.url, api_key=KEY), MODEL)
        rows = run(server, [check for check in CHECKS if check.group in ("formats", "sampling", "replies", "drops")])
    wrong = {row.check.id for row in rows if row.outcome.verdict is Verdict.failed}
    assert {"formats.png", "formats.jpeg", "drops.picture_is_seen", "drops.noise"} <= wrong
    assert not any(name.startswith(("sampling", "replies")) for name in wrong)
