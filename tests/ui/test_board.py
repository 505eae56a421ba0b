"""The board on a real store: what is held, unsigned, running, late and done; choosing a task takes its case."""

from console.ui.board.board import BoardPanel

pytest_plugins = ("tests.ui.stage",)


def board(stage):
    panel = BoardPanel(stage.seat())
    stage.work.changed.connect(panel.changed)
    stage.feed.listen(lambda entries: stage.work.post(frozenset(entry.kind for entry in entries)))
    stage.show(panel)
    stage.until(lambda: panel.view.empty_text != "正在读取…")
    return panel


def lines(panel):
    return [panel._painter._line(row) for row in panel.view._rows.rows]


def test_an_empty_board_says_so(stage):
    assert board(stage).view.empty_text == "没有在办任务。"


def test_tasks_are_named_by_case_unit_and_part(stage):
    case, _ = stage.town.sent("0601", co=True)
    panel = board(stage)
    stage.until(lambda: len(panel.view._rows.rows) == 3)
    assert {(line.number, line.who) for line in lines(panel)} == {
        (case.number[-3:], "住建（主）"), (case.number[-3:], "水气热（协）"), (case.number[-3:], "通信（协）"),
    }  # fmt: skip


def test_a_signed_task_turns_as_the_desk_answers(stage):
    _, tasks = stage.town.sent("0601")
    panel = board(stage)
    stage.until(lambda: len(panel.view._rows.rows) == 1)
    assert lines(panel)[0].words.startswith("未签收")
    task = stage.town.answer("d10", tasks[0], "sign")
    stage.until(lambda: lines(panel)[0].words.startswith("处置中"))
    stage.town.answer("d10", task, "on_site")
    stage.until(lambda: lines(panel)[0].words.startswith("已到场"))


def test_chips_keep_what_is_unsigned_or_late(stage):
    _, tasks = stage.town.sent("0601", co=True)
    stage.town.answer("d10", tasks[0], "sign")
    panel = board(stage)
    panel.chips.choose("unsigned")
    stage.until(lambda: len(panel.view._rows.rows) == 2)
    panel.chips.choose("overdue")
    stage.until(lambda: panel.view._rows.rows == ())
    stage.town.wait(301)  # a critical task is signed within five minutes
    panel.chips.choose("all")
    stage.until(lambda: len(panel.view._rows.rows) == 3)
    panel.chips.choose("overdue")
    stage.until(lambda: len(panel.view._rows.rows) == 2)
    assert {line.lamp for line in lines(panel)} == {"R"}


def test_choosing_a_task_takes_its_case_in_hand(stage):
    case, _ = stage.town.sent("0601")
    panel = board(stage)
    stage.until(lambda: panel.view._rows.rows)
    panel.view.setCurrentIndex(panel.view.model().index(0))
    assert panel._seat.case_id == case.id
