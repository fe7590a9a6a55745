#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How outcomes of test programs are counted."""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'place'))
import figures  # noqa: E402


def program(stdout='', result='OK', returncode=0, name='suite / name', stderr=''):
    return {'name': name, 'stdout': stdout, 'stderr': stderr, 'result': result,
            'returncode': returncode, 'starttime': 10.0, 'duration': 1.5}


def run(*programs):
    """The status and the lines of what is printed."""
    with tempfile.TemporaryDirectory() as folder:
        logs = pathlib.Path(folder)
        text = ''.join(json.dumps(p) + '\n' for p in programs)
        (logs / 'suite.json').write_text(text, encoding='utf-8')
        words = io.StringIO()
        with contextlib.redirect_stdout(words):
            status = figures.main(folder, folder)
    return status, words.getvalue().splitlines()


def last(*programs):
    status, lines = run(*programs)
    return status, lines[-1]


def test_all_passed():
    assert last(program('1..2\nok 1 - a\nok 2 - b\n')) == (0, '2 passed, 0 failed, 0 skipped')


def test_two_programs_are_added():
    assert last(program('ok 1\n1..1\n'), program('ok 1\nok 2\n1..2\n'))[1] == '3 passed, 0 failed, 0 skipped'


def test_failed_case():
    status, lines = run(program('1..2\nok 1 - a\nnot ok 2 - /b/c\n# why\n', 'FAIL', 1))
    assert (status, lines[-1]) == (1, '1 passed, 1 failed, 0 skipped')
    assert '  /b/c' in lines and '  | # why' in lines


def test_debugging_is_left_out():
    lines = run(program('# GLib-DEBUG: noise\n\nnot ok 1 - a\n# why\n1..1\n', 'FAIL', 1))[1]
    assert '  | # why' in lines and not any('noise' in line for line in lines)


def test_first_failure_is_shown_of_much():
    screen = ''.join(f'# on screen {n}\n' for n in range(200))
    lines = run(program(f'ok 1 - a\n# why\nnot ok 2 - b\n{screen}not ok 3 - c\n1..3\n', 'FAIL', 1))[1]
    assert '  | # why' in lines and '  | not ok 2 - b' in lines
    assert sum(line.startswith('  | ') for line in lines) == figures.LINES_OF_A_FAILURE


def test_end_is_shown_of_what_ended_badly():
    noise = ''.join(f'# step {n}\n' for n in range(200))
    lines = run(program(f'{noise}ok 1 - a\nBail out! why\n', 'FAIL', -6))[1]
    assert '  | Bail out! why' in lines and '  | # step 0' not in lines


def test_skips_carry_their_reason():
    status, lines = run(program('ok 1 /a # SKIP no fuse\nok 2 /b # skip\n1..2\n'))
    assert (status, lines[-1]) == (0, '0 passed, 0 failed, 2 skipped')
    assert '  suite / name, /a: no fuse' in lines and '  suite / name, /b: no reason given' in lines


def test_whole_program_skipped():
    assert '  suite / name: no display' in run(program('1..0 # SKIP no display\n', 'SKIP'))[1]
    assert '  suite / name: not here' in run(program('trying\nnot here\n', 'SKIP', 77))[1]


def test_program_without_cases():
    assert last(program('hello\n')) == (0, '1 passed, 0 failed, 0 skipped')
    assert last(program('hello\n', 'FAIL', 3)) == (1, '0 passed, 1 failed, 0 skipped')


def test_crash_after_good_cases():
    status, lines = run(program('1..3\nok 1 - a\n', 'ERROR', -11))
    assert (status, lines[-1]) == (1, '1 passed, 1 failed, 0 skipped')
    assert any('signal 11' in line for line in lines)


def test_crash_after_all_cases():
    assert last(program('ok 1\nok 2\n1..2\n', 'ERROR', -6)) == (1, '2 passed, 1 failed, 0 skipped')


def test_plan_not_kept():
    # Meson calls this an error; should it ever not, it is one all the same.
    assert last(program('1..2\nok 1\n', 'OK'))[0] == 1


def test_time_out():
    assert last(program('ok 1\n', 'TIMEOUT', -15)) == (1, '1 passed, 1 failed, 0 skipped')


def test_bail_out():
    assert last(program('ok 1\nBail out! no disk\n', 'ERROR', 1)) == (1, '1 passed, 1 failed, 0 skipped')


def test_to_do():
    assert last(program('not ok 1 - a # TODO later\n1..1\n')) == (0, '0 passed, 0 failed, 1 skipped')
    assert last(program('ok 1 - a # TODO later\n1..1\n', 'UNEXPECTEDPASS')) == (1, '0 passed, 1 failed, 0 skipped')


def test_nothing_ran():
    assert last() == (1, '0 passed, 0 failed, 0 skipped')


def test_nested_cases_are_not_counted_twice():
    assert last(program('    ok 1 - inner\n    1..1\nok 1 - outer\n1..1\n'))[1] == '1 passed, 0 failed, 0 skipped'


def test_words_that_begin_alike():
    assert last(program('okay, here we go\nnot okay\nok 1\n1..1\n'))[1] == '1 passed, 0 failed, 0 skipped'


def test_benchmarks_are_shown():
    assert 'bench start = 1.20 (limit 1.3) ok' in run(program('bench start = 1.20 (limit 1.3) ok\n'))[1]


def test_figures_are_shown():
    assert '  suite / name: 12 ms' in run(program('ok 1\n# figure: 12 ms\n1..1\n'))[1]


def main():
    cases = [(n, f) for n, f in globals().items() if n.startswith('test_')]
    failures = 0
    for number, (name, case) in enumerate(cases, 1):
        try:
            case()
            print(f'ok {number} - {name[5:].replace("_", " ")}')
        except Exception:
            failures += 1
            print(f'not ok {number} - {name[5:].replace("_", " ")}')
            print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
    print(f'1..{len(cases)}')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
