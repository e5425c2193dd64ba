"""A CodeRunner question's template; the question is a combinator template grader.

The grader lies on the Jobe server, in /opt/fba-grader. Where it fails, this fails: then
CodeRunner shows an error instead of a mark, and the student can check again for free.
"""
import os
import subprocess
import sys

GRADER = os.environ.get("PLATFORM_ROOT", "") + "/opt/fba-grader/build/bin/grader"

with open("fba.c", "w", encoding="utf-8", newline="\n") as file:
    file.write("""{{ STUDENT_ANSWER | e('py') }}""")

run = subprocess.run(
    [GRADER, "grade", "--format", "coderunner", "--report", "-", "--", "fba.c"],
    stdin=subprocess.DEVNULL,
    stdout=subprocess.PIPE,
    stderr=subprocess.PIPE,
)
if run.returncode != 0:
    sys.exit("The grader failed; nothing was marked. " + run.stderr.decode(errors="replace"))
sys.stdout.write(run.stdout.decode())
