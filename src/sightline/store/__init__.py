"""What outlives a request: uploaded files and stored responses, each with an owner. No HTTP here."""

from sightline.store.database import Database
from sightline.store.files import FileStore, StoredFile
from sightline.store.responses import ResponseStore

__all__ = ["Database", "FileStore", "ResponseStore", "StoredFile"]
