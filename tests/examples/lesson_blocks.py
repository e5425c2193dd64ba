"""Checks that a lesson shows the programs of its examples/ folder, and nothing else.

    lesson_blocks.py EXERCISE_FOLDER

Each fenced block of lesson.md is preceded by a comment that names its source:

    <!-- example: 01_create -->   lines of examples/01_create.c, in one run; only the
                                  indentation of the whole run may differ
    <!-- output: 01_create -->    all of examples/01_create.out

Every program and every output must be shown, and every relative link must lead
somewhere. Prints one line per fault.
"""

import pathlib
import re
import sys
import textwrap

MARK = re.compile(r"<!-- (example|output): (\w+) -->")
LINK = re.compile(r"\]\(([^)#:]+)\)")
LANGUAGE = {"example": "c", "output": "text"}


def blocks(lesson):
    """Yields (line number, mark before the fence or None, language, text)."""
    lines = lesson.splitlines()
    start = None
    for number, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if start is None:
            start = number
            continue
        mark = MARK.fullmatch(lines[start - 1]) if start > 0 else None
        yield start + 1, mark, lines[start][3:], "\n".join(lines[start + 1 : number])
        start = None
    if start is not None:
        yield start + 1, None, "", ""


def has_run(source, block):
    """Whether `block` is a run of whole lines of `source`, indented or not."""
    lines = source.splitlines()
    wanted = block.splitlines()
    for start in range(len(lines) - len(wanted) + 1):
        run = "\n".join(lines[start : start + len(wanted)])
        if textwrap.dedent(run) == block:
            return True
    return False


def block_fault(folder, mark, language, text):
    """What is wrong with a block, or None."""
    if mark is None:
        return "no comment before the block says which example it comes from"
    kind, name = mark.groups()
    if language != LANGUAGE[kind]:
        return f"marked ```{language} where a block of {kind} is ```{LANGUAGE[kind]}"
    path = folder / "examples" / (name + (".c" if kind == "example" else ".out"))
    if not path.is_file():
        return f"there is no examples/{path.name}"
    source = path.read_text(encoding="utf-8")
    if kind == "output":
        return None if source == text + "\n" else f"differs from examples/{path.name}"
    return None if text and has_run(source, text) else f"is not in examples/{path.name}"


def faults(folder):
    lesson = (folder / "lesson.md").read_text(encoding="utf-8")
    shown = set()
    for line, mark, language, text in blocks(lesson):
        fault = block_fault(folder, mark, language, text)
        if fault is not None:
            yield f"lesson.md:{line}: {fault}"
        elif mark is not None:
            shown.add(mark.groups())
    for path in sorted((folder / "examples").iterdir()):
        kind = {".c": "example", ".out": "output"}.get(path.suffix)
        if kind is not None and (kind, path.stem) not in shown:
            yield f"lesson.md: examples/{path.name} is not shown"
    for page in ("lesson.md", "prompt.md"):
        for target in LINK.findall((folder / page).read_text(encoding="utf-8")):
            if not (folder / target).exists():
                yield f"{page}: the link to {target} leads nowhere"


def main(folder):
    found = list(faults(pathlib.Path(folder)))
    print("\n".join(found) if found else "the lesson shows its examples")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
