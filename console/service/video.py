"""Looking at a camera is an act: its address exists only after the row that says who looks and why."""

from console.domain.camera import LiveView, VideoAccess, VideoBatch, WarmViews
from console.domain.codes import known
from console.domain.errors import Invalid
from console.domain.people import Actor
from console.domain.texts import check_text
from console.domain.video_leave import RESIDENT
from console.service.desk import Act, Desk
from console.store import tables, video
from console.store.find import cases, places

REASON_MIN, REASON_MAX = 6, 200
WITH_CASE = frozenset({"V1"})
Why = tuple[str, str, int | None]  # purpose, reason in words, case


class Video:
    """Opens and closes looks at cameras."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def open_live(
        self, actor: Actor, camera_ids: tuple[int, ...], purpose: str, reason: str, case_id: int | None = None
    ) -> tuple[LiveView, ...]:
        """Look at cameras live, one access row each. Source: handbook G1, Video Regulation art. 16(3).

        Raises Invalid for an unknown purpose and that of a resident, a reason under 6 letters, a case
        look without a case; Missing for a camera outside the actor's area.
        """
        why = self._why(actor, purpose, reason, case_id)

        def work(act: Act) -> tuple[LiveView, ...]:
            if case_id is not None:
                cases.case_by_id(act.unit, act.scope, case_id)
            return tuple(self._open(act, camera_id, why) for camera_id in camera_ids)

        return self.desk.run(actor, work)

    def open_warm(
        self, actor: Actor, camera_ids: tuple[int, ...], purpose: str, reason: str, case_id: int | None = None
    ) -> WarmViews:
        """Connect cameras that are not shown yet, for a wall that comes next: one row for all of them. Raises as `open_live` does."""
        why = self._why(actor, purpose, reason, case_id)

        def work(act: Act) -> WarmViews:
            if case_id is not None:
                cases.case_by_id(act.unit, act.scope, case_id)
            cameras = [places.camera_by_id(act.unit, act.scope, camera_id) for camera_id in camera_ids]
            made = VideoBatch(0, camera_ids, why[0], case_id, why[1], actor.user_id, actor.name, actor.org_id, actor.seat, act.now)
            row = act.unit.add(tables.video_batch, made)
            facts: dict[str, object] = {"cameras": sorted(camera_ids), "purpose": purpose, "case": case_id}
            act.note("keep_ready", "video_batch", row.id, 1, facts, states=("", "warm"))
            return WarmViews(row.id, tuple(LiveView(0, camera, *video.addresses(act.unit, camera.id)) for camera in cameras))

        return self.desk.run(actor, work)

    def close_warm(self, actor: Actor, batch_id: int) -> None:
        """The cameras are kept connected no more; closing twice changes nothing."""

        def work(act: Act) -> None:
            if video.close_batch(act.unit, batch_id, actor.user_id, act.now):
                act.note("let_go", "video_batch", batch_id, 2, {}, states=("warm", "closed"))

        self.desk.run(actor, work)

    def knows_host(self, host: str) -> bool:
        """Whether any camera of the register is reached at this host; for cameras that send us on to another address."""
        with self.desk.store.read() as unit:
            return video.knows_host(unit, host)

    def _why(self, actor: Actor, purpose: str, reason: str, case_id: int | None) -> Why:
        known(self.desk.book.of(actor.centre_id).video_purposes, purpose, "purpose")
        if purpose == RESIDENT:
            raise Invalid("purpose", "residents_see_recordings")  # covered, and under leave: a live picture is neither
        words = reason.strip()
        if not REASON_MIN <= len(words) <= REASON_MAX:
            raise Invalid("reason", "reason_length", least=REASON_MIN, most=REASON_MAX)
        check_text("reason", words, REASON_MAX)
        if purpose in WITH_CASE and case_id is None:
            raise Invalid("case", "purpose_needs_case", purpose=purpose)
        return purpose, words, case_id

    def _open(self, act: Act, camera_id: int, why: Why) -> LiveView:
        purpose, reason, case_id = why
        camera = places.camera_by_id(act.unit, act.scope, camera_id)
        who = act.actor
        row = VideoAccess(0, camera.id, "live", purpose, case_id, reason, who.user_id, who.name, who.org_id, who.seat, act.now)
        row = act.unit.add(tables.video_access, row)
        facts: dict[str, object] = {"camera": camera.id, "purpose": purpose, "case": case_id}
        act.note("look", "video", row.id, 1, facts, states=("", "live"))
        sub, main = video.addresses(act.unit, camera.id)
        return LiveView(row.id, camera, sub, main)

    def close_live(self, actor: Actor, access_ids: tuple[int, ...]) -> None:
        """The looks have ended; their rows get the time. Closing twice changes nothing."""

        def work(act: Act) -> None:
            for access_id in access_ids:
                if video.close(act.unit, access_id, actor.user_id, act.now):
                    act.note("look_away", "video", access_id, 2, {}, states=("live", "closed"))

        if access_ids:
            self.desk.run(actor, work)
