#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives a copy of the locale C.UTF-8 the days, months, form of a date and decimal point of a language.

locale-words.py FOLDER LANGUAGE

What a system's own locale of that language has, where none is installed. The format is that of glibc's compiled
locales: a magic number, how many fields there are, where each of them begins.
"""

import struct
import sys
from pathlib import Path

# The fields of LC_TIME, by their place in <langinfo.h>: days from Sunday on, then months, each short and whole, then the
# form of a date; the months once more, as they are called alone.
ABDAY, DAY, ABMON, MON, D_FMT, ALTMON, ABALTMON = 0, 7, 14, 26, 41, 111, 135
DECIMAL_POINT = 0  # of LC_NUMERIC
WORDS = {
    "de": (
        "So Mo Di Mi Do Fr Sa",
        "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
        "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "%d.%m.%Y",
        ",",
    ),
    "ar": (
        "ح ن ث ر خ ج س",
        "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت",
        "ينا فبر مار أبر ماي يون يول أغس سبت أكت نوف ديس",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "%d %b, %Y",
        ".",
    ),
}


def set_fields(path: Path, fields: dict[int, str]) -> None:
    data = bytearray(path.read_bytes())
    for field, text in fields.items():
        struct.pack_into("<I", data, 8 + 4 * field, len(data))
        data += text.encode() + b"\0"
    path.write_bytes(data)


def main() -> None:
    folder = Path(sys.argv[1])
    abday, day, abmon, mon, date, point = WORDS[sys.argv[2]]
    names = {ABDAY: abday, DAY: day, ABMON: abmon, MON: mon, ALTMON: mon, ABALTMON: abmon}
    fields = {
        first + at: name
        for first, listed in names.items()
        for at, name in enumerate(listed.split())
    }
    set_fields(folder / "LC_TIME", fields | {D_FMT: date})
    set_fields(folder / "LC_NUMERIC", {DECIMAL_POINT: point})


if __name__ == "__main__":
    main()
