"""How sessions, journals and exports write who or what says that something is so."""

from __future__ import annotations

from sleepscorer.codec import Codec
from sleepscorer.domain.provenance import Imported, Joint, Model, Person, Provenance

PROVENANCES: Codec[Provenance] = Codec(
    {"person": Person, "model": Model, "imported": Imported, "joint": Joint}
)
