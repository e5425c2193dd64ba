#!/usr/bin/env python3
"""The SVGs of buffers are XML, and every text of a buffer arrives in them as it is.

    check_svg.py TEST_PICTURE_SVG SHAPES
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

SPACE = "{http://www.w3.org/2000/svg}"


def check(path, buffer):
    """One drawing: its words, and those who cannot see it are told the same."""
    root = tree.parse(path).getroot()
    assert root.tag == SPACE + "svg" and root.get("role") == "img", root.tag
    title = root.find(SPACE + "title").text
    description = root.find(SPACE + "desc").text
    words = " ".join(text.text or "" for text in root.iter(SPACE + "text"))
    assert title.startswith(f"{buffer['name']}: {buffer['capacity']} byte"), title
    assert buffer["name"] in words, words
    offending = buffer["offending"]
    if offending:
        assert offending["what"] in words, words
        assert description.startswith(offending["what"]), description
    for one in buffer["ranges"]:
        if one["kind"] == "block" and one["label"] and len(one["label"]) == 1 and \
                one["offset"] < buffer["capacity"] and len(buffer["ranges"]) < 10:
            assert f"{one['bytes']} byte" in description, description


def main():
    shapes = [json.loads(line)
              for line in pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory(prefix="svg.") as folder:
        subprocess.run([sys.argv[1]], env={**os.environ, "PICTURES_SVG": folder},
                       stdout=subprocess.DEVNULL, check=True)
        for number, shape in enumerate(shapes):
            check(pathlib.Path(folder, f"{number}.svg"), shape["buffer"])
    print(f"{len(shapes)} drawings")


if __name__ == "__main__":
    main()
