"""Handbook 3.2, 3.5 and 7.2 written out a second time, by hand: who may do what where. It knows nothing of the product's tables.

Actors hold one role each and stand in one relation to a county's case that a
grid worker of one of its villages reported and that one department was asked
to handle.
"""

from collections.abc import Mapping

ROLES = tuple(f"R{number:02d}" for number in range(1, 24))
# relation: the column of 3.5 an ordinary role stands in there, and whether the case's owner centre is the actor's,
# lies below it, or neither.
RELATIONS = {
    "own": ("county", "owner"), "child": ("town", "below"), "village": ("village", "below"), "parent": ("city", "above"),
    "sibling": ("county", "apart"), "cousin": ("town", "apart"), "dept_asked": ("county", "owner"), "dept_other": ("county", "owner"),
}  # fmt: skip
SHIELDS = ("", "检举", "protected")

# 3.5, column by column (● and "own", "ask" where somebody else decides later): rows as sets of columns.
MAY = {
    "report, patrol, visit": "grid village town county city dept",
    "accept / reject": "village town county city",
    "file": "town county city",
    "dispatch to departments": "town county city",
    "sign, reply, finish": "grid village town dept",
    "check": "grid village town county city supervisor",
    "close P3/P4": "town county city",
    "close P1/P2/joint": "county city",
    "live video of own area": "village town county city",
    "playback / export": "village town county city",
    "playback / export, approve": "county city",
    "self-handle": "grid village",
    "ask co-handling": "town county city dept",
    "escalate": "grid village town county",
    "send down": "village town county city",
    "delay decide 1st": "town county city",
    "suspend decide": "county city",
    "urge": "village town county city supervisor",
    "supervise (plates)": "town county city supervisor",
    "mediation": "village town county dept",
    "joint conference": "town county city",
}
# Who stands in a column of their own whatever the level of the centre: grid workers and leaders and volunteers (6),
# department people, the upper supervisor.
APART = {"R01": "grid", "R02": "grid", "R03": "grid", "R09": "dept", "R10": "dept", "R13": "dept", "R18": "supervisor"}

# 3.2, column "who", and the row of 3.5 each action is.
ACTIONS = {
    "submit": ({"R01", "R02", "R03", "R04", "R05", "R06", "R14", "R21"}, "report, patrol, visit"),
    "ack": ({"R05", "R06", "R07", "R08", "R16"}, "accept / reject"),
    "accept": ({"R05", "R06"}, "accept / reject"),
    "file": ({"R07"}, "file"),
    "dispatch": ({"R08"}, "dispatch to departments"),
    "quick": ({"R16"}, "dispatch to departments"),  # one person with R06, R07 and R08, or R16
    "release": ({"R08", "R16"}, "dispatch to departments"),
    "recall": ({"R08", "R16"}, "dispatch to departments"),
    "sign": ({"R09"}, "sign, reply, finish"),
    "return": ({"R09", "R10"}, "sign, reply, finish"),
    "on_site": ({"R01", "R09"}, "sign, reply, finish"),
    "progress": ({"R01", "R09"}, "sign, reply, finish"),
    "finish": ({"R09"}, "sign, reply, finish"),
    "ask_co": ({"R09"}, "ask co-handling"),
    "check": ({"R11"}, "check"),
    "rework": ({"R11"}, "check"),
    "close": ({"R07", "R16"}, "close P3/P4"),
    "close_urgent": ({"R17"}, "close P1/P2/joint"),
}
# The other rows of 3.2, as tables see them: who, the row of 3.5 (none: by the role alone), and where: at the owner
# centre, there or above it, at the centre the case was escalated to, in the unit that was asked, or its author alone.
# An action and a state where 3.2 names different people for different states.
FLOW = {
    "delete": (set(ROLES), "", "author"), "withdraw": (set(ROLES), "", "author"),  # T02, T03
    "reject": ({"R06"}, "accept / reject", "owner"), "verify": ({"R06"}, "accept / reject", "owner"),  # T05, T06
    "untrue": ({"R06"}, "", "owner"),  # T08: R06 confirms
    "merge": ({"R06", "R07"}, "", "owner"), "refuse_filing": ({"R07"}, "file", "owner"),  # T09, T11
    "reclassify 20": ({"R07"}, "file", "owner"), "reclassify 30": ({"R16"}, "file", "owner"),  # T12: after 30 needs R16
    "ask_reclassify": ({"R07"}, "file", "owner"),
    "transfer": ({"R08"}, "", "owner"),  # T17: R10 asks, R08 approves
    "escalate": ({"R05", "R08", "R16", "R17"}, "escalate", "owner"),  # T21
    "skip": ({"R17"}, "", "owner"),  # T22, of an ordinary case
    "take_over": ({"R06", "R08"}, "accept / reject", "upper"), "hand_back": ({"R06"}, "accept / reject", "upper"),  # T23, T24
    "send_down": ({"R08"}, "send down", "owner"),  # T25
    "delay": ({"R08", "R17"}, "delay decide 1st", "owner"),  # T26; which of the two decides, the application's own table says
    "ask_suspend": ({"R08"}, "", "owner"), "resume": ({"R08", "R17"}, "", "owner"),  # T27
    "suspend": ({"R17"}, "suspend decide", "owner or above"),  # for a town the county
    "urge": ({"R08", "R16", "R17", "R18"}, "urge", "owner or above"),  # T28
    "supervise": ({"R17", "R18"}, "supervise (plates)", "owner or above"),  # T29
    "back_to_handling": ({"R07"}, "", "owner"), "back_to_check": ({"R07"}, "", "owner"),  # T33
    "evaluate": ({"R06"}, "", "owner"),  # T34, the call-back; the citizen is the author
    "ask_call_back": ({"R06"}, "", "owner"), "call_back": ({"R16"}, "", "owner"),  # T35: R06 + R16
    "self_handle": ({"R05"}, "self-handle", "owner"),  # T36; R01 and R02 what they reported themselves
    "ask_void": ({"R05", "R06", "R07", "R08", "R16"}, "", "owner"), "void": ({"R16"}, "", "owner"),  # T37: R16 approves
    "reopen": ({"R16", "R17"}, "", "owner"), "meet": ({"R17"}, "joint conference", "owner"),  # T38, T39
    "mediate": ({"R06", "R12"}, "mediation", "owner"), "archive": ({"R04"}, "", "owner"),  # T40, T41
    "mark": ({"R06", "R07", "R08", "R16", "R17"}, "", "owner"),  # no row of 3.2: the hall's own marks
    "return": ({"R16"}, "", "owner"),  # T15 from the second return on; the first one is the unit's
}  # fmt: skip
UNIT_FLOW = {
    "verified": ({"R01", "R05", "R11"}, "", "unit"), "ask_untrue": ({"R01", "R05", "R11"}, "", "unit"),  # T07, T08
    "ask_return": ({"R09", "R10"}, "sign, reply, finish", "unit"),  # T15 from the second time on
    "ask_transfer": ({"R10"}, "", "unit"),  # T17
    # T18: the target's head answers who was asked for help
    "agree": ({"R10"}, "ask co-handling", "unit"), "decline": ({"R10"}, "ask co-handling", "unit"),
    "ask_delay": ({"R09", "R10"}, "", "unit"), "ask_suspend": ({"R10"}, "", "unit"),  # T26, T27
}  # fmt: skip
# T29, A28: who was pressed answers the plate: of a unit those who work and lead there, of a hall who dispatches and leads the shift.
PLATES = {"answer": ({"R08", "R09", "R10", "R16"}, "", "unit")}
# What the flow does by itself as part of another act; that act's own row decides.
CONSEQUENCES = {
    "release", "send_verify", "hand_over", "give", "self_handle", "give_back", "ask_help", "recall", "transfer", "call_off", "rework",
    "settle", "submit", "verified", "sign", "return", "ask_co", "progress", "finish",
}  # fmt: skip
# Who reads what a centre and those below it own: intake, filing, dispatch, check, video, shift, director, upper
# supervisor, clerks, village desk, police liaison, viewers. Departments read what they were asked for (and so do the
# others when their unit was asked), and grid workers and their leaders what their village was asked to look at or to do
# (T06, T07, 3.5 "as executor"). Of themselves grid workers, volunteers, mediators, approvers, auditors, administrators and care
# workers read no cases.
READERS = {"R04", "R05", "R06", "R07", "R08", "R11", "R14", "R16", "R17", "R18", "R21", "R23"}
ASKED_READERS = READERS | {"R01", "R02", "R09", "R10"}
# Who takes reports in reads a masked name; everybody else none (7.2 G24).
NAMERS = {"R05", "R06"}
# Live pictures of the own area: village desk, hall desks, video, shift leader, director.
VIEWERS = {"R05", "R06", "R07", "R08", "R14", "R16", "R17"}
# What an act on a case wants of the place: units answer wherever they sit, checkers may come from below, all else is
# for the owner centre.
BY_TASK = {"sign", "return", "on_site", "progress", "finish", "ask_co"}
FROM_BELOW = {"check", "rework"}
# Accounts (7.2 G22, CT-03): the system administrator below, the clerk at home; the director decides and resets
# second factors; auditor and director look on.
ACCOUNT_ACTS = {
    "account.read": ({"R17", "R19", "R22"}, {"R04"}), "account.edit": ({"R22"}, {"R04"}), "account.decide": ({"R17"}, set()),
    "account.reset_factor": ({"R17"}, set()), "unit.edit": ({"R22"}, {"R04"}), "roster.edit": (set(), {"R04", "R16", "R17"}),
    "account.import": ({"R22"}, set()),
}  # fmt: skip
YES, DENIED, MISSING = "yes", "denied", "missing"


def column(role: str, relation: str) -> str:
    """The column of 3.5."""
    return APART.get(role) or RELATIONS[relation][0]


def sees(role: str, relation: str, shield: str, *, released: bool) -> bool:
    """Whether somebody knows of the case at all."""
    place = RELATIONS[relation][1]
    by_place = role in READERS and place in ("owner", "above") and shield != "检举"
    by_task = role in ASKED_READERS and relation == "dept_asked" and released
    return by_place or by_task


def sees_task(role: str, relation: str, shield: str) -> bool:
    """Whether somebody knows of the asked department's released task."""
    return sees(role, relation, shield, released=True)


def on_case(action: str, role: str, relation: str, shield: str, *, released: bool) -> str:
    """What comes of an act on the case, or of a unit's act on its task."""
    if not sees(role, relation, shield, released=released):
        return MISSING
    roles, row = ACTIONS[action]
    if role not in roles or column(role, relation) not in MAY[row].split():
        return DENIED
    place = RELATIONS[relation][1]
    if action in BY_TASK:
        return YES if relation == "dept_asked" else DENIED
    if action in FROM_BELOW:
        return YES if place in ("owner", "below") else DENIED
    return YES if place == "owner" else DENIED


def in_flow(table: Mapping[str, tuple[set[str], str, str]], action: str, role: str, relation: str) -> bool:
    """Whether somebody who knows of the case may take a step of FLOW or UNIT_FLOW on it."""
    roles, row, where = table[action]
    place = RELATIONS[relation][1]
    stands = {
        "author": False, "owner": place == "owner", "owner or above": place in ("owner", "above"), "upper": relation == "parent",
        "unit": relation == "dept_asked",
    }[where]  # fmt: skip
    return role in roles and (not row or column(role, relation) in MAY[row].split()) and stands


def submit(role: str, relation: str) -> str:
    """What comes of reporting: it belongs to no place."""
    roles, row = ACTIONS["submit"]
    return YES if role in roles and column(role, relation) in MAY[row].split() else DENIED


def live(role: str, relation: str) -> str:
    """What comes of looking through a camera of the owner centre; who may not, is told there is none."""
    sees_it = role in VIEWERS and RELATIONS[relation][1] in ("owner", "above")
    return YES if sees_it and column(role, relation) in MAY["live video of own area"].split() else MISSING


def on_account(act: str, role: str, relation: str) -> str:
    """What comes of administering an ordinary account, unit or roster of the owner centre."""
    below, here = ACCOUNT_ACTS[act]
    readers_below, readers_here = ACCOUNT_ACTS["account.read"]
    place = RELATIONS[relation][1]
    is_home, is_over = place == "owner", place in ("owner", "above")
    if act == "account.import":
        return YES if role in below else DENIED
    if act == "roster.edit":  # everybody sees the own centre's roster, nobody touches another's
        return MISSING if not is_home else YES if role in here else DENIED
    if not ((role in readers_below and is_over) or (role in readers_here and is_home)):
        return MISSING
    if act == "account.read":
        return YES
    return YES if (role in below and is_over) or (role in here and is_home) else DENIED
