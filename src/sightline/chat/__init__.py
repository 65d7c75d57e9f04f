"""The one use case: `Chat.answer`."""

from sightline.chat.answer import Answer
from sightline.chat.chat import Chat, ChatLimits
from sightline.chat.choice import Choice, MadeCall

__all__ = ["Answer", "Chat", "ChatLimits", "Choice", "MadeCall"]
