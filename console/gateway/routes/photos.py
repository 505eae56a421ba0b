"""Pictures in and out."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from console.domain.errors import Invalid
from console.gateway.auth import Reader, Writer
from console.gateway.parts import Here, Queue
from console.gateway.refusals import Bounced
from console.gateway.routes import refusals
from console.gateway.views import Kept

router = APIRouter(tags=["photos"])
FIELD = "photo"
FOREVER = "private, max-age=31536000, immutable"
_PICTURE = {"schema": {"type": "string", "format": "binary"}}
_FORM = {"schema": {"type": "object", "required": [FIELD], "properties": {FIELD: {"type": "string", "format": "binary"}}}}
_BODY = {"required": True, "content": {"multipart/form-data": _FORM, "image/jpeg": _PICTURE, "image/png": _PICTURE, "image/webp": _PICTURE}}


@router.post(
    "/api/photos", summary="Send a picture in", status_code=201, openapi_extra={"requestBody": _BODY},
    responses=refusals(403, 408, 413, 415, 429),
)  # fmt: skip
async def send(request: Request, here: Here, turns: Queue, session: Writer) -> Kept:
    """Keep a picture of at most 15 MB; it is re-encoded without its EXIF, and `sha256` is its name from now on."""
    turns.uploads.take(session.actor.user_id)
    content = await _picture(request)
    async with turns.pictures:
        photo = await run_in_threadpool(here.photos.take_in, session.actor, content)
    return Kept(sha256=photo.sha256, width=photo.width, height=photo.height, size=len(photo.content))


@router.get(
    "/api/files/{sha256}", summary="Get a picture", response_class=FileResponse,
    responses={200: {"content": {"image/jpeg": _PICTURE}, "description": "The picture"}, **refusals(404)},
)  # fmt: skip
def get(here: Here, session: Reader, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$", examples=["0" * 64])]) -> FileResponse:
    """A picture that belongs to something the actor may see."""
    path = here.photos.path(session.actor, sha256)
    headers = {"Cache-Control": FOREVER, "Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "inline"}
    return FileResponse(path, media_type="image/jpeg", headers=headers)


async def _picture(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith("image/"):
        return await request.body()
    if kind != "multipart/form-data":
        raise Bounced(415, "needs_picture", FIELD, value=kind[:60])
    async with request.form(max_files=1, max_fields=8) as form:
        found = form.get(FIELD)
        if not isinstance(found, UploadFile):
            raise Invalid(FIELD, "missing_field")
        return await found.read()


