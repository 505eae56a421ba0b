// The nine pictures of the tiles, drawn as lines on a field of 24 by 24.

const LINES = {
  "0601": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5 12h14M12 5v14M7 7l10 10M17 7 7 17",
  "0301": "M12 3c1 4 5 6 5 11a5 5 0 0 1-10 0c0-2 1-3 2-4 0 2 1 3 2 3 1-3-1-6 1-10M4 21h16",
  "0305": "M9 3h6v4H9zM7 9c0-1 1-2 2-2h6c1 0 2 1 2 2v10c0 1-1 2-2 2H9c-1 0-2-1-2-2zM10 14h4M12 12v4",
  "0402": "M3 15v-3l2-4h8l3 4h3c1 0 2 1 2 2v1h-2M9 15h5M6 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17 3l1 3M21 4l-2 3M14 4l2 2",
  "0403": "M8 3 4 21M16 3l4 18M12 4v3M12 17v3M8 12l3-2 2 3 3-2",
  "0604": "M12 3v18M6 7h12M8 3 6 7M16 3l2 4M9 21h6M13 11l-3 4h4l-3 4",
  "0502": "M5 7h14M10 7V4h4v3M7 7l1 14h8l1-14M10 11v6M14 11v6",
  "0102": "M3 4h11v8H8l-3 3v-3H3zM16 9h5v8h-2v3l-3-3h-5v-3",
  "0207": "M11 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15.5 14.5 21 20M11 7v4M11 13v.2",
};

/** The codes of the tiles, in their order: danger first, then what is seen every day. */
export const TILES = ["0601", "0301", "0305", "0402", "0604", "0403", "0207", "0502", "0102"];

/** The picture of a tile. */
export function icon(code) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", LINES[code]);
  picture.append(path);
  return picture;
}
