"""A sheet goes out, comes back with errors, is reported line by line, and what is right is proposed."""

from tests.ui.settings.rooms import Room

pytest_plugins = ("tests.ui.stage",)
HEAD = "code,zh,en,priority,limit,lead,co,active\n"
GOOD = "0601,井盖缺失/破损,Manhole cover missing or broken,P1,2H,D10,D30 D31,1\n"


def card(stage):
    room = Room(stage)
    page = room.open("tables")
    page._open_sheet()
    return room, page.sheet


def test_a_table_is_exported_where_one_says(stage, tmp_path):
    _, sheet = card(stage)
    sheet.path.setText(str(tmp_path / "out.csv"))
    sheet.write.click()
    stage.until(lambda: "已导出 93 行" in sheet.told.toPlainText())
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfcode,zh,en")


def test_a_checked_file_is_reported_line_by_line_and_proposed(stage, tmp_path):
    room, sheet = card(stage)
    file = tmp_path / "in.csv"
    file.write_text(HEAD + GOOD + GOOD.replace("0601", "0602").replace("2H", "0H"), encoding="utf-8")
    sheet.path.setText(str(file))
    assert not sheet.send.isEnabled()
    sheet.read.click()
    stage.until(lambda: sheet.report is not None)
    assert sheet.told.toPlainText().splitlines() == [
        "1 行有变更，0 行未变，1 行有误。", "第 3 行 0602：时限“0H”须大于零。请填如 30M、4H、3WD 的时限。", "变更：0601 井盖缺失/破损"]
    assert room.hall.changes.changes(room.seat.actor) == ()
    sheet.note.write("按表导入")
    assert sheet.submit()
    stage.until(lambda: "已提出 1 行变更" in sheet.told.toPlainText())
    assert [row.change.code for row in room.hall.changes.changes(room.seat.actor, "waiting")] == ["0601"]


def test_a_proposal_without_reason_keeps_the_report(stage, tmp_path):
    _, sheet = card(stage)
    (tmp_path / "in.csv").write_text(HEAD + GOOD, encoding="utf-8")
    sheet.path.setText(str(tmp_path / "in.csv"))
    sheet.read.click()
    stage.until(lambda: sheet.report is not None)
    sheet.submit()
    stage.until(lambda: sheet.message.text())
    assert sheet.note.hasFocus()
    assert sheet.send.isEnabled()


def test_a_file_that_is_not_there_is_told(stage, tmp_path):
    _, sheet = card(stage)
    sheet.path.setText(str(tmp_path / "absent.csv"))
    sheet.read.click()
    stage.until(lambda: sheet.message.text())
    assert sheet.message.text().startswith("文件无法读取")
