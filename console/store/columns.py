"""Column types of our own: instants, tuples and outlines that mean the same on both engines."""

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import JSON, BigInteger, DateTime, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from console.domain.packed import PackedRings, pack
from console.domain.place import Rings

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Id = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB, "postgresql")


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant: timestamptz on PostgreSQL, microseconds since 1970 on SQLite.

    SQLite has no zone; whole microseconds sort, compare and round-trip exactly.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[object]:
        """The column type of each engine."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        """An instant on its way in; one without a zone is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        if dialect.name == "sqlite":
            return (value.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)
        return value

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        """An instant on its way out, in UTC."""
        if value is None:
            return None
        if isinstance(value, int):
            return EPOCH + timedelta(microseconds=value)
        assert isinstance(value, datetime)
        return value.astimezone(UTC)


class Tuples(TypeDecorator[tuple[object, ...]]):
    """A short tuple of codes or ids, kept as the text of a JSON list; most are empty, and cost nothing to read."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[object, ...] | None, dialect: Dialect) -> str:
        """A tuple on its way in."""
        return json.dumps(value) if value else "[]"

    def process_result_value(self, value: object, dialect: Dialect) -> tuple[object, ...]:
        """A tuple on its way out."""
        return tuple(json.loads(value)) if isinstance(value, str) and value != "[]" else ()


class Outline(TypeDecorator[Rings]):
    """Rings as one block of bytes; on the way out they unpack only when somebody looks into them."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Rings | None, dialect: Dialect) -> bytes:
        """Rings on their way in."""
        return pack(value or ()).packed

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> PackedRings:
        """Rings on their way out."""
        return PackedRings(value) if value is not None else pack(())
