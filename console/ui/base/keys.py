"""The keys of the seat in one place (ux.md 2.4); shell, overlay and buttons all read them here.

Ctrl+Space, Shift, Ctrl+Shift+F, Ctrl+; and Ctrl+. belong to input methods, F10, Alt+F4 and
Super to the desktop: none of them may appear here. Keys of the groups "wall" and "table" count while
the wall or a table has the focus.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """One key: what is pressed, which act it starts, what the overlay says (English source)."""

    action: str
    press: str
    says: str
    group: str = "seat"


KEYS = (
    Key("overlay", "F1", "Keys of this screen"),
    Key("command", "F2", "Command line"),
    Key("next_unacked", "F3", "Next unacknowledged: highest, oldest", "case"),
    Key("acknowledge", "F4", "Acknowledge the selected case", "case"),
    Key("dispatch", "F5", "Dispatch", "case"),
    Key("cameras", "F6", "Cameras round the case, north up", "case"),
    Key("recordings", "Ctrl+F6", "Recordings round the case", "case"),
    Key("locate", "F7", "Locate on the map", "case"),
    Key("urge", "F8", "Urge the selected task", "case"),
    Key("note", "F9", "Note in the shift log", "case"),
    Key("maximise", "F11", "Enlarge the panel and back"),
    Key("silence", "F12", "Silence for 30 s"),
    Key("search", "Ctrl+K", "Search everything"),
    Key("new_case", "Ctrl+N", "New case by phone or word of mouth", "case"),
    Key("submit", "Ctrl+Return", "Submit the form", "case"),
    Key("undo", "Ctrl+Z", "Recall within the time allowed", "case"),
    Key("back", "Esc", "One level back, text is kept"),
    Key("reset_layout", "Ctrl+0", "Restore the layout", "screen"),
    Key("perspective_1", "Ctrl+1", "Duty", "screen"),
    Key("perspective_2", "Ctrl+2", "Cases", "screen"),
    Key("perspective_3", "Ctrl+3", "Dispatch board", "screen"),
    Key("perspective_4", "Ctrl+4", "Video", "screen"),
    Key("perspective_5", "Ctrl+5", "Log", "screen"),
    Key("perspective_6", "Ctrl+6", "Figures", "screen"),
    Key("perspective_7", "Ctrl+7", "Administration", "screen"),
    Key("lock", "Ctrl+L", "Lock the seat; sounds go on"),
    Key("look", "Ctrl+Shift+N", "Day or night", "screen"),
    Key("language", "Ctrl+Shift+E", "中文 / English", "screen"),
    Key("larger", "Ctrl++", "Larger", "screen"),
    Key("smaller", "Ctrl+-", "Smaller", "screen"),
    Key("wall_mode", "Ctrl+Shift+M", "Hide names, phones and doors from visitors", "screen"),
    Key("screenshot", "Ctrl+Shift+S", "Picture of the screen into the log", "case"),
    Key("wall_enlarge", "Return", "Enlarge and back; after a number: call it", "wall"),
    Key("wall_close", "Del", "Close the tile", "wall"),
    Key("wall_move_left", "Ctrl+Left", "Swap with the tile to the left", "wall"),
    Key("wall_move_right", "Ctrl+Right", "Swap with the tile to the right", "wall"),
    Key("wall_move_up", "Ctrl+Up", "Swap with the tile above", "wall"),
    Key("wall_move_down", "Ctrl+Down", "Swap with the tile below", "wall"),
    Key("wall_closer", "+", "Closer (Shift+arrows move, Esc ends)", "wall"),
    Key("wall_wider", "-", "Look less closely", "wall"),
    Key("wall_layout", "G", "Layouts", "wall"),
    Key("wall_next", "PgDown", "Next open wall", "wall"),
    Key("wall_previous", "PgUp", "Previous open wall", "wall"),
    Key("wall_shut", "Ctrl+W", "Close this open wall", "wall"),
    Key("wall_open", "O", "Open a kept wall, tours, more", "wall"),
    Key("wall_tour", "T", "Tours and carousels wait or go on", "wall"),
    Key("wall_carousel", "C", "Cameras in turn in this tile", "wall"),
    Key("wall_patrol", "P", "Patrol: begin, wait, go on", "wall"),
    Key("wall_patrol_skip", "K", "Leave the patrol's camera out", "wall"),
    Key("wall_patrol_find", "R", "Report what the patrol shows", "wall"),
    Key("wall_shot", "S", "Picture of the tile into the case in hand", "wall"),
    Key("wall_recorded", "B", "Recordings of these cameras", "wall"),
    Key("wall_clip", "V", "Last 60 s of the tile into its case", "wall"),
    Key("wall_seen", "M", "Seen here: mark it on the case in hand", "wall"),
    Key("wall_ahead", "N", "Next cameras after the last mark", "wall"),
    Key("wall_turn", "H", "Turn the camera: take hold or let go", "wall"),
    Key("wall_hear", "E", "Sound of the tile's camera, enlarged", "wall"),
    Key("wall_facts", "I", "Facts of every picture", "wall"),
    Key("wall_list", "L", "Search the cameras", "wall"),
    Key("wall_areas", "A", "Cameras by area", "wall"),
    Key("wall_keep", "Ctrl+S", "Keep this wall", "wall"),
)
# Several keys in a line, and known to tables alone: they are told, never made into shortcuts.
OF_TABLES = (
    Key("table_sort", "Alt+1…9", "Sort by this column; again: the other way round", "table"),
    Key("table_column", "Ctrl+← →", "Sort sums and figures by the next column", "table"),
    Key("table_way", "Ctrl+↑ ↓", "Sort them upwards or downwards", "table"),
    Key("table_page", "Alt+← →", "Page back, page on", "table"),
)
# The map takes these itself while it has the focus.
OF_MAP = (
    Key("map_push", "← → ↑ ↓", "Push the map", "map"),
    Key("map_zoom", "+ -", "Closer, wider", "map"),
    Key("map_home", "Home", "The whole area", "map"),
    Key("map_take", "Return", "Take the case under the cross", "map"),
    Key("map_here", "Menu", "What is here", "map"),
    Key("map_layers", "L", "Layers: base map, cameras, grids, names", "map"),
    Key("map_basemap", "B", "Another base map", "map"),
    Key("map_measure", "D", "Measure: points by click or Enter; again: end", "map"),
    Key("map_shorter", "Backspace", "Take the last point back", "map"),
    Key("map_replay", "T", "Replay past hours; again: back to now", "map"),
    Key("map_replay_run", "Space", "Replay: play, pause; arrows, Pg: move", "map"),
)
TOLD = (*OF_TABLES, *OF_MAP)

GROUPS = {"map": "Map", "case": "Case in hand", "seat": "Seat", "screen": "Screen", "wall": "Video wall", "table": "Tables"}


def key_for(action: str) -> str:
    """What is pressed for an act, or an empty string when it has no key."""
    return next((key.press for key in KEYS if key.action == action), "")


def group_actions(group: str) -> frozenset[str]:
    """Every act of a group."""
    return frozenset(key.action for key in (*KEYS, *TOLD) if key.group == group)


def pressed(press: str, group: str) -> str:
    """The act a key of a group starts, or an empty string."""
    return next((key.action for key in KEYS if key.group == group and key.press == press), "")


def shown(action: str) -> str:
    """The key of an act as buttons and the overlay show it."""
    return key_for(action).replace("Return", "Enter")
