"""The one use case: `Chat.answer`."""

from sightline.chat.answer import Answer
from sightline.chat.chat import Chat, ChatLimits

__all__ = ["Answer", "Chat", "ChatLimits"]
