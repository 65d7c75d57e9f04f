"""Text to token ids and back. Special tokens typed in a message are ordinary text here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from sightline.errors import ConfigError

PAD = "<|pad|>"
START = "<|im_start|>"
END = "<end_of_utterance>"
IMAGE = "<image>"
AROUND_IMAGE = "<fake_token_around_image>"
GLOBAL_IMAGE = "<global-img>"
READING = "<reading>"
END_READING = "</reading>"
N_BINS = 32  # places along a side that a text line can stand at
LOC_X = tuple(f"<x{i}>" for i in range(N_BINS))
LOC_Y = tuple(f"<y{i}>" for i in range(N_BINS))
SPECIALS = (PAD, START, END, IMAGE, AROUND_IMAGE, GLOBAL_IMAGE, READING, END_READING, *LOC_X, *LOC_Y)
NEWLINES = ("\n", "\n\n")  # llama.cpp looks both up as single tokens


class TextTokenizer:
    """A byte-level BPE whose digits are always single tokens. Any text survives encode and decode."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.encode_special_tokens = True
        self._bytes = _byte_of_char()

    @classmethod
    def load(cls, path: Path) -> TextTokenizer:
        """Read a `tokenizer.json`."""
        return cls(Tokenizer.from_file(str(path)))

    def to_json(self) -> str:
        """The `tokenizer.json` of this tokenizer."""
        return str(self._tokenizer.to_str())

    @property
    def vocab_size(self) -> int:
        """All tokens, specials included."""
        return int(self._tokenizer.get_vocab_size())

    @property
    def specials(self) -> tuple[int, ...]:
        """The ids of all special tokens, in order: none of them is ever text."""
        added = self._tokenizer.get_added_tokens_decoder()
        return tuple(sorted(token for token, how in added.items() if how.special))

    def special(self, name: str) -> int:
        """The id of a special token.

        Raises:
            ConfigError: If the tokenizer has none of that name.
        """
        found = self._tokenizer.token_to_id(name)
        if found is None:
            raise ConfigError(f"the tokenizer has no token {name}")
        return int(found)

    def has(self, name: str) -> bool:
        """Whether there is a token of that name."""
        return self._tokenizer.token_to_id(name) is not None

    def encode(self, text: str) -> list[int]:
        """Ids of `text`; never the id of a special token."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: Sequence[int]) -> str:
        """The text of `ids`; special tokens have none."""
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=True))

    def token_bytes(self, token: int) -> bytes:
        """The bytes of one token: those of an answer's tokens, end to end, are the answer in UTF-8."""
        piece = str(self._tokenizer.id_to_token(token))
        try:
            return bytes(self._bytes[char] for char in piece)
        except KeyError:  # a token that was added as it is, such as a newline
            return piece.encode()


def _byte_of_char() -> dict[str, int]:
    """The byte that each character of a byte-level token stands for (GPT-2's table)."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in shown]
    return {chr(byte): byte for byte in shown} | {chr(256 + at): byte for at, byte in enumerate(others)}


def train_tokenizer(texts: Iterable[str], vocab_size: int, specials: Sequence[str] = SPECIALS) -> Tokenizer:
    """Learn a BPE of `vocab_size` tokens, specials included. The same texts give the same tokenizer."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size - len(NEWLINES),
        special_tokens=list(specials),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_tokens([AddedToken(newline, normalized=False) for newline in NEWLINES])
    return tokenizer
