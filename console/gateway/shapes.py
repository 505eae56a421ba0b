"""The shapes of what is said over HTTP, in both directions; they describe and clean, the services decide."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt
from pydantic_core import PydanticCustomError

from console.domain.report import Draft
from console.service.applications import Wish
from console.service.intake import OwnAnswer
from console.service.reports import ADDRESS_MAX, TEXT_MAX
from console.service.tasks import Answer

# Control characters mean nothing in a report and stop some databases, half characters stop all of them;
# a phone's keyboard slips in the former and leaves the latter where it cuts an emoji.
_NOISE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def clean(value: object) -> object:
    """A text without control and half characters, its lines ending alike."""
    return _NOISE.sub("", value.replace("\r\n", "\n")) if isinstance(value, str) else value


def _text_only(value: object) -> object:
    if value is not None and not isinstance(value, str):
        raise PydanticCustomError("datetime_type", "send a time as text")
    return value


def _in_our_times(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is not None and not _EARLIEST <= value <= _LATEST:
        raise PydanticCustomError("greater_than_equal", "a year between 1900 and 2200")
    return value


Text = Annotated[str, BeforeValidator(clean)]
Instant = Annotated[datetime | None, BeforeValidator(_text_only), AfterValidator(_in_our_times)]
Names = Annotated[list[Text], Field(max_length=50)]
Version = Annotated[StrictInt, Field(ge=1, le=2**31 - 1, description="The version the answer refers to; an older one is refused as stale.")]


class Said(BaseModel):
    """What comes in: an unknown name is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


class SignIn(Said):
    """Name and password; `kind` says what the session is for and how long it lasts (phone 30 days, desk 12 hours)."""

    login: Annotated[Text, Field(max_length=60, examples=["grid001"])]
    password: Annotated[Text, Field(max_length=200, examples=["correct horse battery"])]
    kind: Literal["phone", "desk"] = "desk"
    code: Annotated[Text, Field(max_length=40, description="Of the second factor, or a recovery code, where one is set.")] = ""


class DeviceWish(Said):
    """Ask for a token of a program's own, with name and password."""

    login: Annotated[Text, Field(max_length=60, examples=["grid001"])]
    password: Annotated[Text, Field(max_length=200, examples=["correct horse battery"])]
    name: Annotated[Text, Field(max_length=40, description="What the program is called in the log.", examples=["field app"])] = ""
    code: Annotated[Text, Field(max_length=40, description="Of the second factor, or a recovery code, where one is set.")] = ""


class ReportIn(Said):
    """A report as a phone sends it. The same `key` with the same body is one report, however often it is sent."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "key": "018f6d1e-7a3b-7c2d-9e4f-0a1b2c3d4e5f", "category": "0601", "text": "井盖缺失，已围挡",
                    "address": "仓颉路小学西门", "lon": 115.201, "lat": 36.101, "datum": "wgs84",
                    "accuracy_m": 8.5, "device_at": "2026-11-23T10:00:00+08:00",
                }
            ]
        },
    )  # fmt: skip

    key: Annotated[Text, Field(max_length=36, description="A UUID made on the phone when the report was written.")]
    category: Annotated[Text, Field(max_length=40, description="CT-06; an unknown one is taken and flagged.")]
    text: Annotated[Text, Field(max_length=TEXT_MAX, description="What is seen; may be empty when there is a photo.")] = ""
    source: Annotated[Text, Field(max_length=10, description="CT-05")] = "01"
    address: Annotated[Text, Field(max_length=ADDRESS_MAX)] = ""
    lon: Annotated[StrictFloat | None, Field(description="Degrees, with `lat` and `datum`.")] = None
    lat: StrictFloat | None = None
    datum: Annotated[Text, Field(max_length=20, description="wgs84, gcj02, bd09 or cgcs2000")] = ""
    accuracy_m: Annotated[StrictFloat | None, Field(ge=0, le=10_000_000, allow_inf_nan=False)] = None
    device_at: Annotated[Instant, Field(description="When it was written, by the phone's clock, with its zone.")] = None
    grid: Annotated[Text, Field(max_length=15)] = ""
    urgent: StrictBool = False
    protected: Annotated[StrictBool, Field(description="The reporter wants to stay unknown to everyone outside intake.")] = False
    photos: Annotated[Names, Field(description="SHA-256 names given by /api/photos")] = []

    def draft(self) -> Draft:
        """The same as the services know it."""
        values = self.model_dump()
        return Draft(**{**values, "photos": tuple(values["photos"])})


class OwnIn(Said):
    """What a reporter does about a report of their own; its `verbs` say which acts are legal and what they need."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"action": "withdraw", "text": "重复上报", "key": "018f6d1e-7a3b-7c2d-9e4f-0a1b2c3d4e61"}]},
    )

    action: Annotated[Text, Field(max_length=20, description="withdraw or self_handle")]
    text: Annotated[Text, Field(max_length=TEXT_MAX, description="Why it is withdrawn, or what was done on the spot.")] = ""
    before: Annotated[Names, Field(description="Pictures of how it was, where the report has none; SHA-256 names.")] = []
    photos: Annotated[Names, Field(description="Pictures of how it is now; SHA-256 names given by /api/photos")] = []
    key: Annotated[Text, Field(max_length=36, description="A UUID; the same act sent twice counts once.")] = ""

    def answer(self) -> OwnAnswer:
        """The same as the services know it."""
        return OwnAnswer(self.action, self.text, tuple(self.before), tuple(self.photos))


class AnswerIn(Said):
    """A unit's answer to a task; `verbs` of the task say which are legal and what they need."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "action": "finish", "text": "已更换井盖", "solved": "yes", "photos": [], "version": 3,
                    "key": "018f6d1e-7a3b-7c2d-9e4f-0a1b2c3d4e60",
                }
            ]
        },
    )  # fmt: skip

    action: Annotated[Text, Field(max_length=20, description="sign, on_site, progress, finish or return")]
    version: Version
    text: Annotated[Text, Field(max_length=TEXT_MAX)] = ""
    reason: Annotated[Text, Field(max_length=10, description="CT-25, for a return")] = ""
    solved: Annotated[Text, Field(max_length=10, description="yes, no, part or empty")] = ""
    photos: Annotated[Names, Field(description="SHA-256 names given by /api/photos")] = []
    key: Annotated[Text, Field(max_length=36, description="A UUID; the same answer sent twice counts once.")] = ""

    def answer(self) -> Answer:
        """The same as the services know it."""
        return Answer(self.action, self.text, self.reason, self.solved, tuple(self.photos))


class AskIn(Said):
    """What a unit asks for on a task: more time, a pause, another lead, help, a second return; `verbs` of the task say which are legal."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"action": "ask_delay", "reason": "1", "interval": 1, "unit": "1", "version": 2}]},
    )

    action: Annotated[Text, Field(max_length=20, description="ask_delay, ask_suspend, ask_transfer, ask_return, ask_untrue or ask_co")]
    version: Version
    reason: Annotated[Text, Field(max_length=10, description="CT-25")] = ""
    text: Annotated[Text, Field(max_length=TEXT_MAX)] = ""
    interval: Annotated[StrictInt, Field(ge=0, le=999, description="How much more time, for ask_delay")] = 0
    unit: Annotated[Text, Field(max_length=1, description="CT-13: 1 work days, 2 natural days, 3 hours")] = "1"
    target: Annotated[StrictInt, Field(ge=0, le=2**53, description="The unit asked for, one of the task's partners")] = 0
    key: Annotated[Text, Field(max_length=36, description="A UUID; the same asking sent twice counts once.")] = ""

    def wish(self) -> Wish:
        """The same as the services know it."""
        return Wish(self.reason, self.text, self.interval, self.unit, str(self.target) if self.target else "")


class PlateIn(Said):
    """The written answer to a plate."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": 1, "text": "已派人，今日完工"}]})

    version: Version
    text: Annotated[Text, Field(max_length=TEXT_MAX)]
