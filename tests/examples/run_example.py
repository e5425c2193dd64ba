"""Runs a program of the lesson and compares what it prints with the file beside it.

    run_example.py EXPECTED COMMAND...

The command is the program, or an emulator and the program.
"""

import difflib
import pathlib
import subprocess
import sys


def main(expected_path, command):
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if run.returncode != 0 or run.stderr:
        sys.stderr.write(f"{command[-1]}: exit status {run.returncode}\n{run.stderr}")
        return 1
    expected = pathlib.Path(expected_path).read_text(encoding="utf-8").splitlines()
    printed = run.stdout.splitlines()
    difference = difflib.unified_diff(expected, printed, expected_path, "printed")
    print("\n".join(difference))
    return 0 if expected == printed else 1


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
