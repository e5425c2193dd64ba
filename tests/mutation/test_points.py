#!/usr/bin/env python3
"""What mutate.py is made of: the mutants of small sources, the list, the complaints."""

import pathlib
import tempfile
import unittest

import equivalents
import mutate
import points
from grading import EXERCISE, KILLED, SAME_CODE, SURVIVED, Outcome

# An operator, a function that it can change, and what it makes of it, in the order of
# the text. "..." stands for the text around, which is the same.
CASES = [
    ("relational", "bool f(int a, int b) { return a < b; }",
     ["a <= b", "a > b", "a >= b", "a == b", "a != b"]),
    ("arithmetic", "int f(int a, int b) { return a * b; }",
     ["a + b", "a - b", "a / b", "a % b"]),
    ("arithmetic", "int f(int a) { a++; return -a; }", ["a--", "a"]),
    ("arithmetic", "int f(uintptr_t a, uintptr_t b) { return a - b; }",
     ["a + b", "a * b", "a / b"]),
    ("pointer", "char *f(char *p, int n) { return p + n; }",
     ["p", "p - n", "p + n + 1", "p + n - 1"]),
    ("pointer", "int f(int *p, int i) { return p[i]; }", ["i + 1", "i - 1"]),
    ("bitwise", "int f(int a, int b) { return a & b; }", ["a | b", "a ^ b", "a", "b"]),
    ("bitwise", "int f(int a) { return ~a << 2; }", ["a", "(~a) >> 2"]),
    ("logical", "bool f(bool a, bool b) { return a && b; }", ["a || b"]),
    ("guard", "bool f(bool a, bool b) { return a && b; }", ["a", "b"]),
    ("guard", "int f(int a) { if (a) { return 1; } return 2; }", ["nothing"]),
    ("assignment", "int f(int a) { a += 2; return a; }", ["a = 2", "a -= 2"]),
    ("constant", "int f(void) { return 7; }", ["8", "(6)", "0"]),
    ("constant", "bool f(void) { return true; }", ["false"]),
    ("constant", "void *f(void) { return NULL; }", ["(void *)16"]),
    ("constant", "size_t f(void) { return SIZE_MAX; }",
     ["(SIZE_MAX + 1)", "(SIZE_MAX - 1)", "0"]),
    ("constant", "alloc_error f(void) { return ALLOC_OK; }", ["ALLOC_OUT_OF_MEMORY"]),
    ("operand", "int f(int a, int b, char *p) { int c = a; return c; }",
     ["b", "a", "b"]),
    ("operand", "size_t f(fixed_buffer_allocator *p) { return p->capacity; }",
     ["end_index"]),
    ("condition", "int f(int a) { if (a) { a++; } return a; }",
     ["!(a)", "false", "true"]),
    ("condition", "int f(int a) { while (!a) { a++; } return a; }", ["!(!a)", "a"]),
    ("condition", "int f(int a) { return a ? 1 : 2; }", ["!(a)", "1", "2"]),
    ("statement", "void f(int *a) { *a = 1; f(a); }", ["nothing", "nothing"]),
    ("statement", "int f(int a) { int b = a; return b; }", ["0"]),
    ("statement", "void f(int n) { for (int i = n; i > 3; i--) { } }",
     ["nothing", "0", "nothing"]),
    ("arguments", "int f(int a, int b, char *p) { return f(a, b, p); }", ["b, a"]),
    ("return", "bool f(bool a) { a = !a; return a; }",
     ["return false;", "return true;"] * 2),
    ("return", "alloc_result f(alloc_result a) { return a; }",
     ["return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};"]),
]


def mutants(text):
    with tempfile.TemporaryDirectory(prefix="mutant.") as name:
        path = pathlib.Path(name) / "fba.c"
        path.write_text('#include "fba.h"\n' + text + "\n", encoding="utf-8")
        return path.read_bytes(), points.mutants_of(path, EXERCISE)


def listed(text):
    with tempfile.TemporaryDirectory(prefix="mutant.") as name:
        path = pathlib.Path(name) / "equivalent.txt"
        path.write_text(text, encoding="utf-8")
        return equivalents.read(path)


class Points(unittest.TestCase):
    def test_each_operator_changes_what_it_says(self):
        for operator, text, expected in CASES:
            with self.subTest(operator=operator, text=text):
                _, found = mutants(text)
                changes = [one.changed for one in found if one.operator == operator]
                self.assertEqual(changes, expected)

    def test_every_operator_has_a_case(self):
        self.assertEqual({operator for operator, *_ in CASES}, set(points.OPERATORS))

    def test_a_mutant_differs_in_one_place(self):
        for _, text, _ in CASES:
            source, found = mutants(text)
            texts = [one.applied(source) for one in found]
            self.assertEqual(len(set(texts) - {source}), len(found))
            for one, changed in zip(found, texts):
                self.assertEqual(changed[:one.start], source[:one.start])
                self.assertTrue(changed.endswith(source[one.end:]))

    def test_a_source_that_does_not_compile_is_refused(self):
        with self.assertRaises(points.BadSource):
            mutants("int f(void) { return unknown; }")


class Complaints(unittest.TestCase):
    """What makes a run fail."""

    def setUp(self):
        _, self.found = mutants("int f(int a) { return a + 7; }")
        self.name = self.found[0].name()

    def complaints(self, fate, reasons, is_found=False):
        outcomes = {self.found[0]: Outcome(fate, (), is_found)}
        tried = mutate.Tried("design", pathlib.Path(), self.found, outcomes, reasons)
        return list(mutate.complaints(tried))

    def test_a_killed_mutant_is_no_complaint(self):
        self.assertEqual(self.complaints(KILLED, {}), [])

    def test_a_survivor_without_a_reason_is_one(self):
        self.assertEqual(self.complaints(SURVIVED, {}), [f"survives: {self.name}"])
        self.assertEqual(self.complaints(SURVIVED, {self.name: "because"}), [])

    def test_a_reason_for_what_does_not_survive_is_one(self):
        for fate in (KILLED, SAME_CODE):
            (complaint,) = self.complaints(fate, {self.name: "because"})
            self.assertIn(f"its fate is '{fate}'", complaint)

    def test_a_reason_for_no_mutant_is_one(self):
        (complaint,) = self.complaints(KILLED, {"f 1:1 relational: a -> b": "because"})
        self.assertIn("there is no such mutant", complaint)

    def test_a_finding_alone_is_one(self):
        (complaint,) = self.complaints(SAME_CODE, {}, is_found=True)
        self.assertIn("a search finds it", complaint)

    def test_a_test_that_no_mutant_fails_is_found(self):
        outcomes = {self.found[0]: Outcome(KILLED, ("s.one",))}
        tried = mutate.Tried("design", pathlib.Path(), self.found, outcomes, {})
        tests = [{"id": "s.one"}, {"id": "s.two"}]
        self.assertEqual(mutate.idle_tests(tests, [tried]), ["s.two"])


class List(unittest.TestCase):
    def test_mutants_share_the_reason_below_them(self):
        self.assertEqual(listed("# About\n\n== one\nm 1\nm 2\n    It is\n    so.\n\n"
                                "== two\nm 1\n    Likewise.\n"),
                         {"one": {"m 1": "It is so.", "m 2": "It is so."},
                          "two": {"m 1": "Likewise."}})

    def test_what_has_no_reason_or_no_design_is_refused(self):
        for text in ("== one\nm 1\n", "m 1\n    It is so.\n", "== one\nm 1\n== two\n",
                     "== one\nm 1\nm 1\n    It is so.\n"):
            with self.subTest(text=text), self.assertRaises(equivalents.BadList):
                listed(text)


if __name__ == "__main__":
    unittest.main()
