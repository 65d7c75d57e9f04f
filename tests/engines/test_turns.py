"""Conversations with calls in OpenAI's form."""

from __future__ import annotations

from sightline.engines.base import EngineMessage
from sightline.engines.turns import Content, Json, Parts, turns_of
from sightline.types import CallPart, TextPart


def words(parts: Parts) -> Content:
    return " ".join(part.text for part in parts if isinstance(part, TextPart))


def turns(*messages: EngineMessage) -> list[Json]:
    return turns_of(messages, words)


def called(name: str, call_id: str = "") -> CallPart:
    return CallPart.of(name, "{}", call_id)


def test_a_call_is_no_text_and_the_answer_names_it() -> None:
    first, second = turns(
        EngineMessage("assistant", (called("look", "call_7"),)),
        EngineMessage("tool", (TextPart("red"),), call_id="call_7"),
    )
    function = {"name": "look", "arguments": "{}"}
    calls = [{"id": "call_7", "type": "function", "function": function}]
    assert first == {"role": "assistant", "content": None, "tool_calls": calls}
    assert second == {"role": "tool", "content": "red", "tool_call_id": "call_7"}


def test_words_beside_a_call_are_kept() -> None:
    (turn,) = turns(EngineMessage("assistant", (TextPart("Let me see."), called("look", "a"))))
    assert turn["content"] == "Let me see."
    assert [call["id"] for call in turn["tool_calls"]] == ["a"]


def test_calls_that_came_as_turns_of_their_own_stand_in_one() -> None:
    spelled = turns(EngineMessage("assistant", (called("a", "1"),)), EngineMessage("assistant", (called("b", "2"),)))
    assert [[call["id"] for call in turn["tool_calls"]] for turn in spelled] == [["1", "2"]]


def test_calls_of_2023_have_no_id_and_get_one_that_their_answers_name_in_order() -> None:
    spelled = turns(
        EngineMessage("assistant", (called("a"), called("b"))),
        EngineMessage("tool", (TextPart("1"),)),
        EngineMessage("tool", (TextPart("2"),)),
    )
    ids = [call["id"] for call in spelled[0]["tool_calls"]]
    assert len(set(ids)) == 2
    assert [turn["tool_call_id"] for turn in spelled[1:]] == ids


def test_the_rounds_of_2023_each_have_an_id_of_their_own() -> None:
    question = EngineMessage("assistant", (called("a"),)), EngineMessage("tool", (TextPart("1"),))
    first, its_answer, second, its_own = turns(*question, *question)
    ids = [turn["tool_calls"][0]["id"] for turn in (first, second)]
    assert ids[0] != ids[1]
    assert [turn["tool_call_id"] for turn in (its_answer, its_own)] == ids


def test_a_call_that_was_answered_by_its_id_is_not_answered_again() -> None:
    spelled = turns(
        EngineMessage("assistant", (called("a", "call_7"),)),
        EngineMessage("tool", (TextPart("1"),), call_id="call_7"),
        EngineMessage("assistant", (called("b"),)),
        EngineMessage("tool", (TextPart("2"),)),
    )
    assert spelled[3]["tool_call_id"] == spelled[2]["tool_calls"][0]["id"] != "call_7"


def test_a_name_is_told_but_not_that_of_a_tool() -> None:
    spelled = turns(EngineMessage("user", (TextPart("x"),), name="anna"), EngineMessage("tool", (), name="look"))
    assert spelled[0]["name"] == "anna"
    assert "name" not in spelled[1]
    assert spelled[1]["content"] == ""
