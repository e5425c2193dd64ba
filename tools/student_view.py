#!/usr/bin/env python3
"""Writes docs/student-view.md: what a student reads about ten mistakes.

    tools/student_view.py [--grader PROGRAM]             the page
    tools/student_view.py [--grader PROGRAM] --check     fails if the page is not current
    tools/student_view.py [--grader PROGRAM] --images    the page's two images as well

The images are drawn by rsvg-convert (Debian: librsvg2-bin) with DejaVu Sans Mono. The
screenshot is the grader's own output on a terminal of 80 columns.
"""

import argparse
import fcntl
import html
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "student-view.md"
IMAGES = ROOT / "docs" / "images"
MISTAKES = ROOT / "tests" / "corpus" / "mistakes"

# One of each kind of thing there is to see.
TOLD = ("aligns_the_offset", "counts_padding_twice", "keeps_a_byte_back",
        "starts_over_when_full", "end_address_wraps", "aborts_when_full",
        "reset_clears_the_buffer", "free_of_the_first_block_resets",
        "grow_forgets_the_end", "build_array_fills_one_too_many")
SCREENSHOT = "aligns_the_offset"
SCREENSHOT_LINES = 54
DRAWING = "starts_over_when_full"

HEAD = """# What a student sees

Ten mistakes of [the corpus](../tests/corpus/mistakes), graded as a student's `fba.c` is,
and what the terminal then shows: the points, the likely cause, and of each suite the test
that tells the most, with its calls and the buffer as it was. All tests are shown here as
the visible ones are; of a hidden one a student is told the title, the clause and the
points. `make student-view` writes this page.

On a terminal, in its colours:

![The terminal after a grading](images/terminal.png)

The same buffers come as images for a page of a course, with `--format svg`:

![An image of a buffer](images/buffer.svg)
"""

# Pixels.
FONT_SIZE = 14
CELL = 8.43
LINE = 16.5
MARGIN = 14
PAPER = "#11151a"
INK = "#e3e8ee"
COLOURS = {"1": ("#ffffff", "bold"), "2": ("#8b949e", None), "31": ("#ff7b72", None),
           "32": ("#56d364", None), "35": ("#d2a8ff", None), "36": ("#79c0ff", None)}
ESCAPE = re.compile(r"\x1b\[(\d*)m")


def mistake_of(path):
    """What the file's first lines say that it gets wrong."""
    found = re.search(r"\* mistake: (.*(?:\n \*   +\S.*)*)", path.read_text(encoding="utf-8"))
    return re.sub(r"\s+\*?\s*", " ", found[1]).strip()


class Grading:
    """One mistake, graded under the name that a student's file has."""

    def __init__(self, grader, name):
        self.path = MISTAKES / f"{name}.c"
        self.grader = grader
        self.environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                            "TERM": "xterm-256color"}

    def run(self, *arguments, out=subprocess.PIPE):
        with tempfile.TemporaryDirectory(prefix="student.") as folder:
            shutil.copy(self.path, pathlib.Path(folder, "fba.c"))
            return subprocess.run(["grader", "grade", "fba.c", *arguments], cwd=folder,
                                  executable=self.grader, env=self.environment, stdout=out,
                                  stdin=subprocess.DEVNULL, check=True).stdout

    def text(self):
        return self.run().decode("utf-8")

    def image(self):
        return self.run("--quiet", "--format", "svg", "--audience",
                        "instructor", "--report", "-")

    def screen(self):
        """What stands on a terminal, its escape sequences included."""
        mine, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
        written = b""
        # A terminal holds little, so it is read while the grader writes.
        child = os.fork()
        if child == 0:
            os.close(mine)
            self.run(out=terminal)
            os._exit(0)
        os.close(terminal)
        while True:
            try:
                part = os.read(mine, 65536)
            except OSError:
                break
            if not part:
                break
            written += part
        os.close(mine)
        if os.waitpid(child, 0)[1] != 0:
            raise SystemExit("the grader did not end well on a terminal")
        return written.decode("utf-8").replace("\r\n", "\n")


def page(grader):
    parts = [HEAD]
    for name in TOLD:
        grading = Grading(grader, name)
        shown = "\n".join(line.rstrip() for line in grading.text().strip("\n").split("\n"))
        sentence = mistake_of(grading.path)
        title = sentence if "_" in sentence.split()[0] else sentence[0].upper() + sentence[1:]
        parts.append(f"## {title}\n\n```text\n{shown}\n```\n")
    return "\n".join(parts)


def spans(line, colour):
    """(column, text, colour, weight) for each run of one style, and the style at the end."""
    found, column, at = [], 0, 0
    for escape in [*ESCAPE.finditer(line), None]:
        text = line[at:escape.start() if escape else len(line)]
        if text.strip():
            found.append((column, text, *colour))
        column += len(text)
        if escape:
            at = escape.end()
            colour = COLOURS.get(escape[1], (INK, None))
    return found, colour


def screenshot_svg(screen):
    """The first lines of a screen as an SVG. Each run has a place of its own, so that no
    font's idea of a width adds up."""
    lines = screen.strip("\n").split("\n")[:SCREENSHOT_LINES]
    width = round(80 * CELL + 2 * MARGIN)
    height = round(len(lines) * LINE + 2 * MARGIN)
    drawn = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">',
             f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>',
             f'<g font-family="DejaVu Sans Mono" font-size="{FONT_SIZE}" '
             'xml:space="preserve">']
    colour = (INK, None)
    for number, line in enumerate(lines):
        found, colour = spans(line, colour)
        for column, text, ink, weight in found:
            y = MARGIN + (number + 0.8) * LINE
            drawn.append(f'<text x="{MARGIN + column * CELL:.2f}" y="{y:.2f}" fill="{ink}"'
                         f'{f" font-weight={chr(34)}{weight}{chr(34)}" if weight else ""}>'
                         f"{html.escape(text)}</text>")
    return "\n".join([*drawn, "</g>", "</svg>", ""])


def write_images(grader):
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "buffer.svg").write_bytes(Grading(grader, DRAWING).image())
    picture = screenshot_svg(Grading(grader, SCREENSHOT).screen())
    subprocess.run(["rsvg-convert", "--zoom", "1.5", "-o", IMAGES / "terminal.png"],
                   input=picture.encode("utf-8"), check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", type=pathlib.Path, default=ROOT / "build/bin/grader")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--images", action="store_true")
    arguments = parser.parse_args()
    grader = arguments.grader.resolve()
    written = page(grader)
    if arguments.check:
        if PAGE.read_text(encoding="utf-8") == written:
            return 0
        print(f"{PAGE.relative_to(ROOT)} is not what the grader shows: `make student-view`")
        return 1
    PAGE.write_text(written, encoding="utf-8")
    if arguments.images:
        write_images(grader)
    return 0


if __name__ == "__main__":
    sys.exit(main())
