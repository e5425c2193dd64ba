#!/usr/bin/env python3
"""Makes one relocatable object of several that tells nothing it need not tell.

    tools/handout_object.py [--mask BYTE] [--keep NAME]... [--without PATH] OUTPUT OBJECT...

Only `main` and the names to keep stay visible; every other name of ours becomes a number,
and what a debugger reads is gone. With --mask, the texts are changed by BYTE and put into
a writable section, masked_text, which tools/handout/unmask.c changes back. An object whose
path ends in PATH is left out. Undefined names stay as they are: the object can be linked
with any version of the libraries that have them.
"""

import argparse
import pathlib
import subprocess
import tempfile

# Where gcc puts the texts of a program: one section for each alignment.
TEXTS = ".rodata.str"
MASKED = "masked_text"


def run(*command):
    return subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE,
                          encoding="utf-8").stdout


def text_sections(path):
    """The names of the sections that hold texts."""
    words = (line.split() for line in run("objdump", "--section-headers", path).splitlines())
    return [word[1] for word in words if len(word) > 1 and word[1].startswith(TEXTS)]


def mask_texts(path, byte, folder):
    table = bytes(value ^ byte for value in range(256))
    for number, section in enumerate(text_sections(path)):
        content = folder / "content"
        run("objcopy", f"--dump-section={section}={content}", path)
        content.write_bytes(content.read_bytes().translate(table))
        # First the bytes, then the flags: a linker may merge what it takes for texts.
        run("objcopy", f"--update-section={section}={content}", path)
        run("objcopy", f"--rename-section={section}={MASKED}{number}", path)
        run("objcopy", f"--set-section-flags={MASKED}{number}=alloc,load,data,contents",
            f"--rename-section={MASKED}{number}={MASKED},alloc,load,data,contents", path)


def number_names(path, folder):
    """Gives what is only seen in here a name that says nothing."""
    names = set()
    for line in run("nm", "--format=posix", path).splitlines():
        name, kind = line.split()[:2]
        if kind.islower() and kind not in "wv" and not name.startswith("."):
            names.add(name)
    table = folder / "names"
    table.write_text("".join(f"{name} n{number}\n"
                             for number, name in enumerate(sorted(names))),
                     encoding="utf-8")
    run("objcopy", f"--redefine-syms={table}", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mask", type=lambda text: int(text, 0), metavar="BYTE")
    parser.add_argument("--keep", action="append", default=[], metavar="NAME")
    parser.add_argument("--without", metavar="PATH")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("objects", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        joined = folder / "joined.o"
        objects = [path for path in arguments.objects
                   if not (arguments.without and str(path).endswith(arguments.without))]
        run("ld", "-r", "-o", joined, *objects)
        run("objcopy", "--strip-debug", "--remove-section=.comment",
            *(f"--keep-global-symbol={name}" for name in ["main", *arguments.keep]), joined)
        run("objcopy", "--strip-unneeded", joined)
        number_names(joined, folder)
        if arguments.mask is not None:
            mask_texts(joined, arguments.mask, folder)
        arguments.output.write_bytes(joined.read_bytes())


if __name__ == "__main__":
    main()
