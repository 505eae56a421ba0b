"""The pages and their words, read once at the start."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Request, Response

from console.domain.errors import Missing
from console.domain.words import Words
from console.gateway.routes import refusals

router = APIRouter(tags=["pages"])
KINDS = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json",
}  # fmt: skip
# Before a page's words in the catalogue: "Tasks" over a list and "Tasks" on a panel need not be the same word.
MARK = "page: "
Language = Literal["zh_CN", "en"]
# The English source strings of the pages: tr("…") in scripts, data-tr="…" (and data-tr-title and the like) in HTML.
_SOURCES = re.compile(r"""\btr\(\s*"((?:[^"\\]|\\.)+)"|\bdata-tr(?:-[a-z]+)?="([^"]+)\"""")


class Pages:
    """All files of the web folder, and the words their texts need in each language."""

    def __init__(self, folder: Path, words: Mapping[str, Words]) -> None:
        self._files = {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.suffix in KINDS}
        used = sources("\n".join(content.decode() for name, content in self._files.items() if name.endswith((".js", ".html"))))
        self.words = {
            language: {source: catalogue(MARK + source).removeprefix(MARK) for source in used} for language, catalogue in words.items()
        }

    def response(self, name: str, known: str = "") -> Response:
        """A file, or 304 when the browser has it already. Raises Missing."""
        content = self._files.get(name)
        if content is None:
            raise Missing("page", name[:60])
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if known == tag:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=KINDS[Path(name).suffix], headers=headers)


def sources(text: str) -> list[str]:
    """The English source strings in scripts and pages, each once."""
    return sorted({(script or page).replace('\\"', '"') for script, page in _SOURCES.findall(text)})


@router.get("/api/words/{language}", summary="Words of the pages", responses=refusals())
async def words(request: Request, language: Language) -> dict[str, str]:
    """English source strings of the pages and their wording in a language."""
    found: dict[str, str] = request.app.state.pages.words[language]
    return found


@router.get("/", include_in_schema=False)
@router.get("/{name}", include_in_schema=False)
async def page(request: Request, name: str = "index.html") -> Response:
    """A page, its script or its style."""
    found: Response = request.app.state.pages.response(name, request.headers.get("if-none-match", ""))
    return found
