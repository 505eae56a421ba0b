"""Masks of handbook 7.2, and personal numbers found in free text; all numbers are made up."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.masking import (
    mask_address,
    mask_card,
    mask_doors,
    mask_identity,
    mask_name,
    mask_phone,
    mask_plate,
    mask_text,
    personal_numbers,
)


@pytest.mark.parametrize(("name", "masked"), [
    ("张三", "张*"), ("张小三", "张**"), ("欧阳小明", "欧阳**"), ("欧阳", "欧*"), ("濮阳小明", "濮阳**"), ("王", "*"),
    ("", ""), (" 李四 ", "李*"), ("John Smith", "J***"), ("Li", "L***"),
])
def test_a_name_keeps_its_surname_only(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(("phone", "masked"), [
    ("13800000000", "138****0000"), ("138 0000 0012", "138****0012"), ("+86 138-0000-0012", "138****0012"),
    ("0393-4400012", "039****0012"), ("138****0012", "138****0012"), ("4400012", "44****12"), ("12345", "*****"), ("", ""),
])
def test_a_phone_hides_its_middle(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(("plate", "masked"), [
    ("豫JA0012", "豫J***12"), ("豫J·A0012", "豫J***12"), ("豫JD00012", "豫J****12"), ("豫J", "**"),
])
def test_a_plate_keeps_place_and_two_signs(plate, masked):
    assert mask_plate(plate) == masked


@pytest.mark.parametrize(("address", "masked"), [
    ("城关镇新华里3号楼2单元501室", "城关镇新华里3号楼***"),
    ("城关镇新华里3号楼", "城关镇新华里3号楼"),
    ("花园小区12栋1203", "花园小区12栋***"),
    ("仓颉路86号二单元4楼西户", "仓颉路86号***"),
    ("仓颉路86号", "仓颉路86号"),
    ("仓颉路86号院3号楼2单元", "仓颉路86号院3号楼***"),
    ("文化路4楼", "文化路***"),
    ("东街村委会东户", "东街村委会***"),
    ("元村镇仓颉路与文化路口", "元村镇仓颉路与文化路口"),
    ("", ""),
])
def test_an_address_ends_at_the_building(address, masked):
    assert mask_address(address) == masked


def test_identity_and_card_numbers_leave_little():
    assert mask_identity("410923199001010013") == "410***************"
    assert mask_card("6222020000000000007") == "***************0007"


@pytest.mark.parametrize(("text", "masked"), [
    ("来电13800000012，要求回电", "来电138****0012，要求回电"),
    ("电话：138-0000-0012。", "电话：138****0012。"),
    ("+8613800000012", "+86138****0012"),
    ("座机0393-4400012", "座机039****0012"),
    ("身份证410923199001010013丢失", "身份证410***************丢失"),
    ("身份证41092319900101001X", "身份证410***************"),
    ("身份证41092319900101001x有误", "身份证410***************有误"),
    ("卡号4111111111111111转账", "卡号************1111转账"),
    ("全角１３８００００００１２也算", "全角１３８****００１２也算"),
    ("车牌豫JA0012撞护栏", "车牌豫J***12撞护栏"),
    ("车牌豫J·A0012，电话13800000012", "车牌豫J***12，电话138****0012"),
])
def test_personal_numbers_in_a_text_are_masked(text, masked):
    assert mask_text(text) == masked


@pytest.mark.parametrize("text", [
    "案件SJ410923-20261122-000031", "网格410923100101003", "摄像机41092301001323000301", "积水30cm，长120米",
    "2026-11-22 14:21:08", "12345热线转来", "4小时内", "", "订单4111111111111112", "编号410923199013010013",
])
def test_numbers_of_the_service_stay_readable(text):
    assert mask_text(text) == text
    assert personal_numbers(text) == ()


def test_findings_tell_kind_and_stretch_in_order():
    found = personal_numbers("豫JA0012车主13800000012，证410923199001010013")
    assert [(one.kind, one.start, one.end) for one in found] == [
        ("plate", 0, 7), ("phone", 9, 20), ("identity", 22, 40)]


@given(st.text(alphabet="张三电话：，1380923199001010013Xx豫JA12 -+·", max_size=80))
def test_findings_never_overlap_and_masking_twice_changes_nothing(text):
    found = personal_numbers(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    once = mask_text(text)
    assert mask_text(once) == once


@pytest.mark.parametrize(("text", "shown"), [
    ("城关镇新华里3号楼2单元501室", "城关镇新华里3号楼***"), ("花园小区12栋1203", "花园小区12栋***"),
    ("住在 3号楼 2单元 4楼西户，漏水", "住在 3号楼 ***，漏水"), ("仓颉路86号二单元402", "仓颉路86号***"),
    ("3号楼5号楼之间", "3号楼5号楼之间"),
    ("元村镇仓颉路与文化路口", "元村镇仓颉路与文化路口"), ("综治中心办公室", "综治中心办公室"), ("剩 2:50 · P1", "剩 2:50 · P1"), ("", ""),
    ("3号楼2单元501 Manhole cover", "3号楼*** Manhole cover"), ("4楼 10:00", "*** 10:00"),
])
def test_doors_inside_a_text_are_hidden_and_buildings_stay(text, shown):
    assert mask_doors(text) == shown
