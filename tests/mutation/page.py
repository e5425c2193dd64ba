"""What is said about a run of the mutants: one line, or the page docs/mutation.md."""

import collections

import points
from grading import INVALID, KILLED, ROOT, SAME_CODE, SURVIVED

WHAT = {
    "relational": "a comparison becomes each of the five others",
    "arithmetic": "`+ - * / %` become each other; `++` becomes `--`; a minus sign goes",
    "pointer": "a pointer or an index is one further or one less far, moves the other "
               "way, or not at all",
    "bitwise": "`& | ^` become each other or one of their sides; a shift turns; `~` goes",
    "logical": "`&&` becomes `||`, and the other way round",
    "assignment": "`=`, `+=` and `-=` become each other, and so do `=`, `&=`, `|=`, `^=`",
    "constant": "a number, `sizeof` or `_Alignof` is one more, one less, or 0; `true` is "
                "`false`; `ALLOC_OK` is `ALLOC_OUT_OF_MEMORY`; `NULL` is a pointer",
    "operand": "a variable or a field stands where another of its kind stood",
    "condition": "a condition is negated, always true, or never true; `!` goes",
    "guard": "an `if` whose body only returns goes; one side of `||` or `&&` goes",
    "statement": "a statement goes, or a variable starts with 0 instead of its value",
    "arguments": "two arguments of the same kind change places",
    "return": "a function returns early: `false`, `true`, 0, nothing, or out of memory",
}
FATES = (KILLED, SAME_CODE, SURVIVED)

HEAD = """\
# Mutation: how sharp the suites are

`make mutate` writes this page. It takes designs that keep the contract, makes one small
mistake at a time in their text, and grades each of these mutants as a student's file is
graded. A mutant is **killed** if it loses a point. A mutant that loses none shows a hole
in the suites, or it is no mistake: no caller could tell it from the original. Such a
mutant is **equivalent**, and the end of this page argues each of them. Where the compiler
makes the **same code** of mutant and original, there is nothing to argue. The run fails
if a mutant survives for which no reason is given, if a reason is given for a mutant that
does not survive, if a mutant is noticed only by the search that carries no points, or if
there is a test that no mutant fails.
"""

TESTS = """
## What kills them

Each test checks one clause of `fba.h`, and each clause has its tests. The first number is
how many of the mutants fail the test; the second, how many fail it and no other. Tests
overlap, as one mistake has many symptoms; one that never fails alone still says in its
title what is wrong.
"""

REASONS = """
## Equivalent mutants

What is left are changes that no caller can notice. A function may rely on what
`allocator.h` promises: lengths above 0, an alignment that is a power of two, and blocks
that are described to `resize` and `free` as they were granted.
"""


def row(*cells):
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def table(heads, rows):
    lines = [row(*heads), "|" + "---|" + "--:|" * (len(heads) - 1)]
    return "\n".join(lines + [row(*cells) for cells in rows]) + "\n"


def counts(outcomes):
    """Mutants, killed, same code, and equivalent among outcomes that compile."""
    fates = collections.Counter(outcome.fate for outcome in outcomes)
    return [sum(fates[fate] for fate in FATES), *(fates[fate] for fate in FATES)]


def summary(designs):
    outcomes = [outcome for tried in designs for outcome in tried.outcomes.values()]
    whole, killed, same, survived = counts(outcomes)
    listed = sum(mutant.name() in tried.reasons for tried in designs
                 for mutant in tried.survivors())
    invalid = sum(outcome.fate == INVALID for outcome in outcomes)
    return (f"{whole} mutants: {killed} killed, {same} of the same code, {listed} "
            f"equivalent, {survived - listed} survived; {invalid} did not compile")


def designs_table(designs):
    rows = [(f"[{tried.name}](../{tried.path.relative_to(ROOT)})",
             *counts(tried.outcomes.values())) for tried in designs]
    whole = [outcome for tried in designs for outcome in tried.outcomes.values()]
    return table(("design", "mutants", KILLED, SAME_CODE, "equivalent"),
                 [*rows, ("all", *counts(whole))])


def operators_table(designs):
    rows = []
    for operator in points.OPERATORS:
        outcomes = [outcome for tried in designs
                    for mutant, outcome in tried.outcomes.items()
                    if mutant.operator == operator]
        rows.append((f"**{operator}**: {WHAT[operator]}", *counts(outcomes)))
    return table(("operator", "mutants", KILLED, SAME_CODE, "equivalent"), rows)


def tests_tables(report, designs):
    failed = [outcome.failed for tried in designs for outcome in tried.outcomes.values()
              if outcome.fate == KILLED]
    every = collections.Counter(test for tests in failed for test in tests)
    alone = collections.Counter(tests[0] for tests in failed if len(tests) == 1)
    for clause in report["clauses"]:
        tests = [test for test in report["tests"] if test["clause"] == clause["id"]]
        ids = {test["id"] for test in tests}
        killed = sum(not ids.isdisjoint(tests) for tests in failed)
        only = sum(ids.issuperset(tests) for tests in failed)
        yield (f"\n**{clause['id']}** {clause['text']} *Its tests kill {killed} mutants, "
               f"{only} of them alone.*\n\n")
        yield table(("test", "fail", "alone"),
                    [(f"`{test['id']}`: {test['title']}", every[test["id"]],
                      alone[test["id"]]) for test in tests])


def reasons(designs):
    for tried in designs:
        yield f"\n### {tried.name}\n"
        last = None
        for mutant in tried.survivors():
            reason = tried.reasons.get(mutant.name(), "No reason is given.")
            if reason != last:
                yield f"\n{reason}\n\n"
            last = reason
            yield (f"- `{mutant.function}`, line {mutant.line}, {mutant.operator}: "
                   f"`{mutant.original}` → `{mutant.changed}`\n")


def page(report, designs):
    """The whole page. The same outcomes give the same bytes."""
    return "".join([HEAD, "\n", summary(designs), ".\n\n", designs_table(designs), "\n",
                    operators_table(designs), TESTS, *tests_tables(report, designs),
                    REASONS, *reasons(designs)])
