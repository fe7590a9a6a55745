# SPDX-License-Identifier: GPL-3.0-or-later
"""figures.py MESON-LOGS LOGS: says how the tests went, by meson's logs.

Counts cases and not programs where a program tells its cases (TAP). Writes each program's output to a file in LOGS.
The last line is "N passed, N failed, N skipped"; the status is 1 if anything failed or nothing ran at all.
"""

import dataclasses
import json
import pathlib
import re
import sys

SKIPPED_EXIT = 77
LINES_OF_A_FAILURE = 60
LINES_BEFORE_A_FAILURE = 20

RESULT = re.compile(
    r'^(?P<not>not )?ok\b\s*(?P<number>\d+)?\s*(?:- )?(?P<name>[^#]*?)\s*'
    r'(?:#\s*(?P<directive>SKIP|TODO)\S*\s*(?P<reason>.*))?$',
    re.IGNORECASE,
)
PLAN = re.compile(r'^1\.\.(?P<count>\d+)\s*(?:#\s*SKIP\S*\s*(?P<reason>.*))?$', re.IGNORECASE)
DEBUG = re.compile(r'^# \S+-DEBUG: |^\s*$')
FIGURE = re.compile(r'^# figure:\s*(?P<text>.*)$')
BENCH = re.compile(r'^bench \S+ = .*$')


@dataclasses.dataclass
class Tally:
    """What one program did: its cases, and why those that did not pass did not."""

    passed: int = 0
    failed: list[str] = dataclasses.field(default_factory=list)
    skipped: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    figures: list[str] = dataclasses.field(default_factory=list)
    benches: list[str] = dataclasses.field(default_factory=list)
    planned: int | None = None

    @property
    def cases(self) -> int:
        return self.passed + len(self.failed) + len(self.skipped)


def read_result(tally: Tally, match: re.Match[str]) -> None:
    name = match['name'] or match['number'] or 'case'
    directive = (match['directive'] or '').upper()
    if directive == 'SKIP' and not match['not']:
        tally.skipped.append((name, match['reason'] or ''))
    elif directive == 'TODO':
        # What is known not to work yet must not work: else the note is out of date.
        if match['not']:
            tally.skipped.append((name, f'to do: {match["reason"]}'))
        else:
            tally.failed.append(f'{name}: passes, though it is marked as to do')
    elif match['not']:
        tally.failed.append(name)
    else:
        tally.passed += 1


def read_tap(text: str) -> Tally:
    tally = Tally()
    for line in text.splitlines():
        if match := PLAN.match(line):
            tally.planned = int(match['count'])
            if tally.planned == 0:
                tally.skipped.append(('', match['reason'] or 'it has no case'))
        elif match := RESULT.match(line):
            read_result(tally, match)
        elif line.startswith('Bail out!'):
            tally.failed.append(line)
        elif match := FIGURE.match(line):
            tally.figures.append(match['text'])
        elif BENCH.match(line):
            tally.benches.append(line)
    return tally


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ''


def how_it_ended(program: dict) -> str:
    status = program.get('returncode')
    if program['result'] == 'TIMEOUT':
        return 'it took too long'
    if isinstance(status, int) and status < 0:
        return f'killed by signal {-status}'
    # A shell that stands between tells a signal this way.
    if isinstance(status, int) and status > 128:
        return f'status {status}, killed by signal {status - 128}'
    return f'status {status}'


def judge(program: dict) -> Tally:
    """The tally of one program; one that ended badly has failed, whatever it said before."""
    output = program.get('stdout', '')
    tally = read_tap(output)
    result = program['result']
    if result == 'SKIP' and not tally.skipped:
        return Tally(skipped=[('', last_line(output) or last_line(program.get('stderr', '')))])
    if tally.planned is not None and tally.planned > tally.cases:
        tally.failed.append(f'ended after {tally.cases} of {tally.planned} cases: {how_it_ended(program)}')
    if result not in ('OK', 'SKIP', 'EXPECTEDFAIL') and not tally.failed:
        tally.failed.append(how_it_ended(program))
    if tally.cases == 0:
        tally.passed = 1
    return tally


def read_log(path: pathlib.Path) -> list[dict]:
    if not path.exists():
        return []
    with path.open(encoding='utf-8', errors='replace') as log:
        return [json.loads(line) for line in log if line.strip()]


def file_name(program: dict) -> str:
    return re.sub(r'[^A-Za-z0-9._-]+', '-', program['name']).strip('-') + '.log'


def write_output(program: dict, logs: pathlib.Path) -> pathlib.Path:
    path = logs / file_name(program)
    parts = [program.get('stdout', ''), program.get('stderr', '')]
    path.write_text('\n'.join(part for part in parts if part), encoding='utf-8', errors='replace')
    return path


def show_failure(program: dict, tally: Tally, path: pathlib.Path) -> None:
    print(f'\nFailed: {program["name"]} ({path})')
    for case in tally.failed:
        print(f'  {case}')
    # What libraries tell for debugging is in the file, should it be wanted.
    lines = [line for line in path.read_text(encoding='utf-8').splitlines() if not DEBUG.match(line)]
    # What failed first says the most; a program that ended badly says it last.
    first = next((n for n, line in enumerate(lines) if (match := RESULT.match(line)) and match['not']), len(lines))
    start = min(max(first - LINES_BEFORE_A_FAILURE, 0), max(len(lines) - LINES_OF_A_FAILURE, 0))
    for line in lines[start : start + LINES_OF_A_FAILURE]:
        print(f'  | {line}')


def show(programs: list[tuple[dict, Tally]], logs: pathlib.Path) -> None:
    for program, tally in programs:
        path = write_output(program, logs)
        if tally.failed:
            show_failure(program, tally, path)

    skips = [(p['name'], *skip) for p, tally in programs for skip in tally.skipped]
    if skips:
        print('\nSkipped:')
    for name, case, reason in skips:
        print(f'  {name}{f", {case}" if case else ""}: {reason or "no reason given"}')

    figures = [(p['name'], text) for p, tally in programs for text in tally.figures]
    if figures:
        print('\nFigures:')
    for name, text in figures:
        print(f'  {name}: {text}')

    benches = [text for _, tally in programs for text in tally.benches]
    if benches:
        print()
    for text in benches:
        print(text)


def main(meson_logs: str, logs: str) -> int:
    source = pathlib.Path(meson_logs)
    found = read_log(source / 'suite.json') + read_log(source / 'bench.json')
    programs = [(program, judge(program)) for program in found]
    show(programs, pathlib.Path(logs))

    passed = sum(tally.passed for _, tally in programs)
    failed = sum(len(tally.failed) for _, tally in programs)
    skipped = sum(len(tally.skipped) for _, tally in programs)
    if programs:
        begun = min(program['starttime'] for program in found)
        ended = max(program['starttime'] + program['duration'] for program in found)
        print(f'\n{len(programs)} test programs in {ended - begun:.1f} s; their output is in {logs}')
        slowest = sorted(found, key=lambda program: -program['duration'])[:3]
        print('Slowest:', ', '.join(f'{p["name"]} {p["duration"]:.1f} s' for p in slowest))
    else:
        print('\nNo test ran.')
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    return 1 if failed or not programs else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
