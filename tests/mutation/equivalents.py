"""The list of mutants that are no mistakes: equivalent.txt.

    == reference
    padding_at 18:12 relational: past == 0 -> past <= 0
        A size_t is never below 0.

A line "== DESIGN", then mutants by their names (points.py), each with the reason why no
caller can tell it from the original, indented. Mutants with the same reason may stand
above it together. Lines that begin with # say something about the list.
"""

DESIGN = "== "
INDENT = "    "


class BadList(Exception):
    """The list cannot be understood; the text says where."""


def read(path):
    """{design: {mutant's name: reason}}, in the order of the file."""
    listed, entries, waiting, reason = {}, None, [], []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate([*lines, DESIGN], 1):
        if line.startswith(INDENT) and waiting:
            reason.append(line.strip())
            continue
        if reason:
            entries.update(dict.fromkeys(waiting, " ".join(reason)))
            waiting, reason = [], []
        if line.startswith(DESIGN.rstrip()):
            if waiting:
                raise BadList(f"{path}:{number}: no reason for {waiting[-1]}")
            entries = listed.setdefault(line.removeprefix(DESIGN), {})
        elif line and not line.startswith("#"):
            if entries is None or line in waiting or line in entries:
                raise BadList(f"{path}:{number}: out of place: {line}")
            waiting.append(line)
    del listed[""]
    return listed
