"""What the demo's places and people are called. All people are invented, and so are their telephones."""

import random

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻柏水窦章云苏潘葛"
GIVEN = (
    "晨光", "一帆", "文博", "思远", "雨桐", "嘉禾", "明澈", "书瑶", "景行", "若溪", "子衿", "清和", "知夏", "望舒", "云舟", "安澜",
    "建业", "秋实", "春生", "长青", "立新", "向阳", "志远", "海宁", "庆丰", "国栋", "玉兰", "桂香", "巧云", "小满", "冬梅", "素琴",
    "松涛", "雪梅", "广平", "永顺", "金锁", "来福", "爱军", "红霞", "丽娟", "新民", "守田", "麦收", "喜旺", "全胜", "凤英", "淑珍",
)  # fmt: skip


def person(hand: random.Random) -> str:
    """Somebody's name."""
    return hand.choice(SURNAMES) + hand.choice(GIVEN)


def phone(number: int) -> str:
    """A telephone number nobody has."""
    return f"1380000{number % 10_000:04d}"
