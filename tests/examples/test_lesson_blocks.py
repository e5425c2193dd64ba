"""lesson_blocks.py notices each way in which a lesson can drift from its examples."""

import pathlib
import tempfile
import unittest

import lesson_blocks

PROGRAM = "int main(void)\n{\n    first();\n    second();\n    return 0;\n}\n"
LESSON = """Text.

<!-- example: 01_a -->
```c
first();
second();
```

<!-- output: 01_a -->
```text
printed
```

[a link](lesson.md)
"""


class LessonBlocks(unittest.TestCase):
    def faults(self, lesson, **extra):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "examples").mkdir()
            (folder / "examples" / "01_a.c").write_text(PROGRAM)
            (folder / "examples" / "01_a.out").write_text("printed\n")
            for path, text in extra.items():
                (folder / "examples" / path.replace("__", ".")).write_text(text)
            (folder / "lesson.md").write_text(lesson)
            (folder / "prompt.md").write_text("Task.\n")
            return list(lesson_blocks.faults(folder))

    def test_lesson_that_shows_its_examples_has_no_fault(self):
        self.assertEqual(self.faults(LESSON), [])

    def assert_fault(self, faults, text):
        self.assertTrue(any(text in fault for fault in faults), faults)

    def test_changed_line_is_noticed(self):
        lesson = LESSON.replace("second();", "third();")
        self.assert_fault(self.faults(lesson), "is not in")

    def test_wrong_language_is_noticed(self):
        self.assert_fault(self.faults(LESSON.replace("```c", "```zig")), "marked ```zig")

    def test_line_left_out_is_noticed(self):
        lesson = LESSON.replace("second();", "return 0;")
        self.assert_fault(self.faults(lesson), "is not in")

    def test_empty_block_is_noticed(self):
        lesson = LESSON.replace("first();\nsecond();\n", "")
        self.assert_fault(self.faults(lesson), "is not in")

    def test_changed_output_is_noticed(self):
        lesson = LESSON.replace("printed", "painted")
        self.assert_fault(self.faults(lesson), "differs from")

    def test_block_without_a_mark_is_noticed(self):
        lesson = LESSON.replace("<!-- example: 01_a -->\n", "")
        self.assert_fault(self.faults(lesson), "no comment before")

    def test_block_that_never_ends_is_noticed(self):
        self.assert_fault(self.faults(LESSON + "```c\n"), "no comment before")

    def test_unknown_example_is_noticed(self):
        lesson = LESSON.replace("example: 01_a", "example: 02_b")
        self.assert_fault(self.faults(lesson), "there is no examples/02_b.c")

    def test_example_that_is_not_shown_is_noticed(self):
        self.assert_fault(self.faults(LESSON, b__c="int b;\n"), "b.c is not shown")

    def test_dead_link_is_noticed(self):
        lesson = LESSON.replace("(lesson.md)", "(gone.md)")
        self.assert_fault(self.faults(lesson), "leads nowhere")


if __name__ == "__main__":
    unittest.main()
