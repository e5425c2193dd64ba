#!/usr/bin/env python3
"""Grades mutants of right designs: small changes that a suite must notice.

    tests/mutation/mutate.py [--grader PROGRAM] [--every N] [--write FILE] [DESIGN]...

A mutant is killed if it loses a point. One that loses none shows a hole in the suites,
or is no mistake at all: then equivalent.txt lists it and says why. The exit status is 0
if nothing else survives, the list has no entry that is out of date, no mutant is noticed
by a search without points alone, and every test kills a mutant. --every tries each Nth
mutant; then what can only be said of all of them is not asked. --write FILE writes the
page that docs/mutation.md is.
"""

import argparse
import dataclasses
import pathlib
import sys

import equivalents
import page
import points
from grading import EXERCISE, ROOT, SURVIVED, GraderFailed, Grading

HERE = pathlib.Path(__file__).resolve().parent
CORRECT = ROOT / "tests" / "corpus" / "correct"
# As different as designs get: what one cannot get wrong, another can.
DESIGNS = {
    "reference": ROOT / "reference" / "fba.c",
    **{name: CORRECT / f"{name}.c" for name in (
        "counts_down", "fields_hold_addresses", "branch_light", "recursive",
        "searches_byte_by_byte", "buffer_moves", "pointer_based")},
}


@dataclasses.dataclass
class Tried:
    """A design and what became of its mutants."""

    name: str
    path: pathlib.Path
    mutants: list
    outcomes: dict  # mutant -> Outcome; those that were tried
    reasons: dict  # name of a mutant -> why it is equivalent

    def survivors(self):
        return [mutant for mutant, outcome in self.outcomes.items()
                if outcome.fate == SURVIVED]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=ROOT / "build" / "bin" / "grader")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--write", type=pathlib.Path, metavar="FILE")
    parser.add_argument("designs", nargs="*", metavar="DESIGN",
                        help=f"one of {', '.join(DESIGNS)}; by default all")
    arguments = parser.parse_args()
    for name in arguments.designs:
        if name not in DESIGNS:
            parser.error(f"no design is called {name}")
    return arguments


def progress(name, done, whole):
    if sys.stderr.isatty():
        print(f"\r{name}: {done} of {whole}", end="\n" if done == whole else "",
              file=sys.stderr, flush=True)


def try_design(arguments, grading, name, reasons):
    """Grades the mutants of one design."""
    path = DESIGNS[name]
    source = path.read_bytes()
    mutants = points.mutants_of(path, EXERCISE)
    chosen = mutants[::arguments.every]
    outcomes = {}
    graded = grading.outcomes(source, [one.applied(source) for one in chosen],
                              arguments.jobs)
    for mutant, outcome in zip(chosen, graded):
        outcomes[mutant] = outcome
        progress(name, len(outcomes), len(chosen))
    return Tried(name, path, mutants, outcomes, reasons)


def complaints(tried):
    """What is wrong with one design's mutants, or with the list of equivalents."""
    for mutant in tried.survivors():
        if mutant.name() not in tried.reasons:
            yield f"survives: {mutant.name()}"
    for mutant, outcome in tried.outcomes.items():
        if outcome.is_found:
            yield f"loses no point, but a search finds it: {mutant.name()}"
    by_name = {mutant.name(): mutant for mutant in tried.mutants}
    for name in tried.reasons:
        if name not in by_name:
            yield f"listed as equivalent, but there is no such mutant: {name}"
        elif by_name[name] in tried.outcomes:
            fate = tried.outcomes[by_name[name]].fate
            if fate != SURVIVED:
                yield f"listed as equivalent, but its fate is '{fate}': {name}"


def idle_tests(tests, designs):
    """Tests that no mutant fails."""
    failed = {test for tried in designs for outcome in tried.outcomes.values()
              for test in outcome.failed}
    return [test["id"] for test in tests if test["id"] not in failed]


def main():
    arguments = parse_arguments()
    grading = Grading(arguments.grader)
    listed = equivalents.read(HERE / "equivalent.txt")
    unknown = set(listed) - set(DESIGNS)
    if unknown:
        sys.exit(f"equivalent.txt: no design is called {', '.join(sorted(unknown))}")
    designs, found = [], 0
    report = grading.report(DESIGNS["reference"].read_bytes())
    for name in arguments.designs or DESIGNS:
        own = grading.report(DESIGNS[name].read_bytes())["score"]
        if own["points"] != own["max"]:
            sys.exit(f"{name} itself earns {own['points']} points")
        tried = try_design(arguments, grading, name, listed.get(name, {}))
        designs.append(tried)
        for complaint in complaints(tried):
            print(f"{name}: {complaint}")
            found += 1
    is_whole = arguments.every == 1 and not arguments.designs
    for test in idle_tests(report["tests"], designs) if is_whole else []:
        print(f"no mutant fails {test}")
        found += 1
    print(page.summary(designs))
    if arguments.write:
        arguments.write.write_text(page.page(report, designs), encoding="utf-8")
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (GraderFailed, points.BadSource, equivalents.BadList) as reason:
        print(reason, file=sys.stderr)
        sys.exit(3)
