"""The mutants of a C source: each place that an operator below can change, changed.

Places come from clang's syntax tree, changes are made in the text. So a mutant is the
author's file but for one small thing, and reads like something that a person might have
written by mistake. The order is that of the text: the same source, the same list.
"""

import dataclasses
import os
import re
import sys

try:
    from clang import cindex
    from clang.cindex import CursorKind, TypeKind
except ImportError:
    print("clang's bindings are missing; install python3-clang and run this with the "
          "python3 that it belongs to", file=sys.stderr)
    sys.exit(1 if os.environ.get("CI") else 77)

RELATIONAL = ("<", "<=", ">", ">=", "==", "!=")
ARITHMETIC = ("+", "-", "*", "/", "%")
BITWISE = ("&", "|", "^")
SHIFTS = ("<<", ">>")
LOGICAL = ("&&", "||")
ASSIGNMENT = ("=", "+=", "-=")
BITWISE_ASSIGNMENT = ("=", "&=", "|=", "^=")

# What an operator is called, in the order of the tables.
OPERATORS = ("relational", "arithmetic", "pointer", "bitwise", "logical", "assignment",
             "constant", "operand", "condition", "guard", "statement", "arguments",
             "return")

# What stands for another word in a source; anything else that is a number is counted up
# and down.
WORDS = {"true": ["false"], "false": ["true"], "NULL": ["(void *)16"]}
NAME = re.compile(r"\w+((\.|->)\w+|\[\w+\])*|\w*\([^()]*\)")
LOOPS = (CursorKind.WHILE_STMT, CursorKind.FOR_STMT, CursorKind.DO_STMT)
COMMENT = re.compile(rb"/\*.*?\*/|//[^\n]*", re.DOTALL)


class BadSource(Exception):
    """The source does not compile; the text says why."""


@dataclasses.dataclass(frozen=True)
class Mutant:
    """One change: the bytes from `start` to `end` of a source become `text`."""

    operator: str
    function: str
    line: int
    column: int
    start: int
    end: int
    text: str
    original: str  # both on one line, for people
    changed: str

    def name(self):
        """What tells it from all other mutants of the same source."""
        return (f"{self.function} {self.line}:{self.column} {self.operator}: "
                f"{self.original} -> {self.changed}")

    def applied(self, source):
        return source[:self.start] + self.text.encode() + source[self.end:]


def mutants_of(path, include):
    """All mutants of the C file `path`, each with a text of its own."""
    source = path.read_bytes()
    unit = cindex.Index.create().parse(str(path),
                                       ["-std=c17", "-ffreestanding", f"-I{include}"])
    wrong = [str(one) for one in unit.diagnostics
             if one.severity >= cindex.Diagnostic.Error]
    if wrong:
        raise BadSource("; ".join(wrong))
    finder = Finder(source)
    for cursor in unit.cursor.get_children():
        if cursor.location.file and cursor.location.file.name == str(path):
            finder.visit(cursor, parent=None)
    found = sorted(finder.found, key=lambda one: (one.start, one.end,
                                                  OPERATORS.index(one.operator)))
    texts = {source: None}
    for mutant in found:
        texts.setdefault(mutant.applied(source), mutant)
    return [mutant for mutant in texts.values() if mutant is not None]


def flat(text):
    """The text on one line."""
    return " ".join(text.split())


def operand(text):
    """The text as it may stand beside any operator."""
    return text if NAME.fullmatch(text) else f"({text})"


def kind_of(cursor):
    return cursor.type.get_canonical().kind


def is_pointer(cursor):
    return kind_of(cursor) in (TypeKind.POINTER, TypeKind.CONSTANTARRAY)


def family(cursor):
    """What may stand in a call where the other stands: numbers, pointers, or a type."""
    if is_pointer(cursor):
        return "pointer"
    if kind_of(cursor) in (TypeKind.RECORD, TypeKind.ELABORATED):
        return cursor.type.get_canonical().spelling
    return "number"


def plain_type(cursor):
    return cursor.type.get_canonical().spelling.replace("const", "").replace(" ", "")


def bare(cursor):
    """The expression without what the compiler puts around it and nobody wrote."""
    children = list(cursor.get_children())
    while cursor.kind == CursorKind.UNEXPOSED_EXPR and len(children) == 1:
        cursor = children[0]
        children = list(cursor.get_children())
    return cursor


class Finder:
    """Walks a syntax tree and collects the mutants of one source."""

    def __init__(self, source):
        self.source = source
        self.found = []
        self.function = "file"
        self.variables = []  # of the function, those declared so far
        self.handlers = {
            CursorKind.BINARY_OPERATOR: self.binary,
            CursorKind.COMPOUND_ASSIGNMENT_OPERATOR: self.binary,
            CursorKind.UNARY_OPERATOR: self.unary,
            CursorKind.CXX_UNARY_EXPR: self.number,  # sizeof and _Alignof
            CursorKind.INTEGER_LITERAL: self.number,
            CursorKind.DECL_REF_EXPR: self.name,
            CursorKind.MEMBER_REF_EXPR: self.member,
            CursorKind.ARRAY_SUBSCRIPT_EXPR: self.subscript,
            CursorKind.CALL_EXPR: self.call,
            CursorKind.INIT_LIST_EXPR: self.initialisers,
            CursorKind.VAR_DECL: self.variable,
            CursorKind.CONDITIONAL_OPERATOR: self.conditional,
            CursorKind.IF_STMT: self.branch,
            CursorKind.WHILE_STMT: self.loop,
            CursorKind.FOR_STMT: self.loop,
            CursorKind.DO_STMT: self.loop,
            CursorKind.COMPOUND_STMT: self.block,
        }

    def visit(self, cursor, parent):
        if cursor.kind == CursorKind.FUNCTION_DECL:
            self.function = cursor.spelling
            self.result = cursor.result_type
            self.variables = list(cursor.get_arguments())
        handler = self.handlers.get(cursor.kind)
        if handler is not None:
            handler(cursor)
        for child in cursor.get_children():
            self.visit(child, cursor)
        if cursor.kind == CursorKind.VAR_DECL:
            self.variables.append(cursor)  # only now: its own value cannot be itself
        if cursor.kind == CursorKind.FUNCTION_DECL:
            self.function = "file"

    # ---- Text ----

    def text(self, cursor):
        return self.between(cursor.extent.start.offset, cursor.extent.end.offset)

    def between(self, start, end):
        return self.source[start:end].decode()

    def add(self, operator, cursor, text, shown=None):
        """A mutant in which `text` stands for the cursor's."""
        self.add_at(operator, cursor, cursor.extent.start.offset,
                    cursor.extent.end.offset, text, shown)

    def add_at(self, operator, cursor, start, end, text, shown=None):
        place = cursor.extent.start
        self.found.append(Mutant(operator, self.function, place.line, place.column, start,
                                 end, text, flat(self.between(start, end)) or "nothing",
                                 flat(text if shown is None else shown) or "nothing"))

    # ---- Expressions ----

    def binary(self, cursor):
        left, right = cursor.get_children()
        between = self.source[left.extent.end.offset:right.extent.start.offset]
        sign = COMMENT.sub(b"", between).strip().decode()
        if sign in ASSIGNMENT:
            self.assignment(cursor, left, right, sign)
        elif sign in BITWISE_ASSIGNMENT:
            self.other_signs("assignment", cursor, sign, BITWISE_ASSIGNMENT)
        elif sign in RELATIONAL:
            self.other_signs("relational", cursor, sign, RELATIONAL)
        elif sign in LOGICAL:
            self.other_signs("logical", cursor, sign, LOGICAL)
            self.one_side("guard", cursor)
        elif sign in ("+", "-") and (is_pointer(left) or is_pointer(right)):
            self.pointer(cursor, left, right, sign)
        elif sign in ARITHMETIC:
            self.arithmetic(cursor, left, right, sign)
        elif sign in BITWISE:
            self.other_signs("bitwise", cursor, sign, BITWISE)
            self.one_side("bitwise", cursor)
        elif sign in SHIFTS:
            self.other_signs("bitwise", cursor, sign, SHIFTS)

    def other_signs(self, operator, cursor, sign, signs):
        left, right = (self.text(child) for child in cursor.get_children())
        is_assignment = operator == "assignment"
        for other in signs:
            if other == sign:
                continue
            if is_assignment:
                self.add(operator, cursor, f"{left} {other} {right}")
            else:
                changed = f"{operand(left)} {other} {operand(right)}"
                self.add(operator, cursor, f"({changed})", changed)

    def arithmetic(self, cursor, left, right, sign):
        signs = ARITHMETIC
        if sign == "-" and "uintptr_t" in left.type.spelling + right.type.spelling:
            # For addresses of one buffer a % b is a - b: b <= a < 2 b.
            signs = [other for other in signs if other != "%"]
        self.other_signs("arithmetic", cursor, sign, signs)

    def one_side(self, operator, cursor):
        for child in cursor.get_children():
            self.add(operator, cursor, f"({self.text(child)})", self.text(child))

    def assignment(self, cursor, left, right, sign):
        if family(left) == "number":
            self.other_signs("assignment", cursor, sign, ASSIGNMENT)
        elif is_pointer(left) and sign != "=":
            self.other_signs("assignment", cursor, sign, ASSIGNMENT[1:])
            for by in ("+ 1", "- 1"):
                self.add("pointer", right, f"({self.text(right)}) {by}")

    def pointer(self, cursor, left, right, sign):
        texts = [operand(self.text(left)), operand(self.text(right))]
        whole = f" {sign} ".join(texts)
        changes = [f"{whole} + 1", f"{whole} - 1"]
        if not (is_pointer(left) and is_pointer(right)):
            changes.insert(0, texts[0 if is_pointer(left) else 1])
            if is_pointer(left):
                changes.insert(1, f" {'+' if sign == '-' else '-'} ".join(texts))
        for change in changes:
            self.add("pointer", cursor, f"({change})", change)

    def subscript(self, cursor):
        _, index = cursor.get_children()
        for by in ("+ 1", "- 1"):
            self.add("pointer", index, f"{operand(self.text(index))} {by}")

    def unary(self, cursor):
        (child,) = cursor.get_children()
        before = self.between(cursor.extent.start.offset, child.extent.start.offset).strip()
        after = self.between(child.extent.end.offset, cursor.extent.end.offset).strip()
        inner = self.text(child)
        if before == "-":
            self.add("arithmetic", cursor, f"({inner})", inner)
        elif before == "~":
            self.add("bitwise", cursor, f"({inner})", inner)
        elif before == "!":
            self.add("condition", cursor, f"({inner})", inner)
        elif before in ("++", "--"):
            self.add("arithmetic", cursor, ("--" if before == "++" else "++") + inner)
        elif after in ("++", "--"):
            self.add("arithmetic", cursor, inner + ("--" if after == "++" else "++"))

    def number(self, cursor):
        """One more, one less, none."""
        word = self.text(cursor)
        if word in WORDS:
            changes = WORDS[word]
        elif word.isdigit():
            changes = [str(int(word) + 1), f"({int(word) - 1})", "0"]
        else:
            changes = [f"({word} + 1)", f"({word} - 1)", "0"]
        for change in changes:
            self.add("constant", cursor, change)

    def name(self, cursor):
        """Another constant of an enum, or another variable that would do."""
        named = cursor.referenced
        if named is None:
            return
        if named.kind == CursorKind.ENUM_CONSTANT_DECL:
            self.others("constant", cursor, named, named.semantic_parent.get_children())
        elif named in self.variables:
            self.others("operand", cursor, named, self.variables)

    def member(self, cursor):
        """Another field of the same struct."""
        field = cursor.referenced
        fields = field.semantic_parent.get_children()
        end = cursor.extent.end.offset
        for other in self.alike(field, fields):
            self.add_at("operand", cursor, end - len(field.spelling), end, other.spelling)

    def others(self, operator, cursor, named, candidates):
        for other in self.alike(named, candidates):
            self.add(operator, cursor, other.spelling)

    @staticmethod
    def alike(named, candidates):
        return [other for other in candidates if other.spelling != named.spelling
                and plain_type(other) == plain_type(named)]

    # ---- What is in parentheses or braces ----

    def call(self, cursor):
        self.swaps(list(cursor.get_arguments()))

    def initialisers(self, cursor):
        items = list(cursor.get_children())
        named = [item for item in items
                 if any(part.kind == CursorKind.MEMBER_REF for part in item.get_children())]
        self.swaps([item for item in items if item not in named])
        for item in named:
            # What is not named is 0.
            value = list(item.get_children())[-1]
            self.add("statement", value, "0")
        self.swaps([list(item.get_children())[-1] for item in named])

    def swaps(self, arguments):
        for i, first in enumerate(arguments):
            for second in arguments[i + 1:]:
                one, other = self.text(first), self.text(second)
                if family(bare(first)) != family(bare(second)) or one == other:
                    continue
                start = first.extent.start.offset
                middle = self.between(first.extent.end.offset, second.extent.start.offset)
                self.add_at("arguments", first, start, second.extent.end.offset,
                            other + middle + one)

    # ---- Statements ----

    def variable(self, cursor):
        """A variable that does not get its value, but none."""
        children = list(cursor.get_children())
        if not children or children[-1].extent.end.offset != cursor.extent.end.offset:
            return
        value = children[-1]
        before = self.between(cursor.extent.start.offset, value.extent.start.offset)
        if before.rstrip().endswith("="):
            is_record = family(cursor) not in ("number", "pointer") or value.kind == \
                CursorKind.INIT_LIST_EXPR
            self.add("statement", value, "{0}" if is_record else "0")

    def conditional(self, cursor):
        condition, yes, no = cursor.get_children()
        self.negated(condition)
        for side in (yes, no):
            self.add("condition", cursor, f"({self.text(side)})", self.text(side))

    def negated(self, condition):
        self.add("condition", condition, f"!({self.text(condition)})")

    def branch(self, cursor):
        condition, then, *other = cursor.get_children()
        self.negated(condition)
        statements = [then]
        if then.kind == CursorKind.COMPOUND_STMT:
            statements = list(then.get_children())
        only_returns = [one.kind for one in statements] == [CursorKind.RETURN_STMT]
        if only_returns and not other:
            self.add("guard", cursor, ";", "nothing")
        else:
            self.add("condition", condition, "false")
        self.add("condition", condition, "true")
        self.bodies([then, *other])

    def loop(self, cursor):
        children = list(cursor.get_children())
        if cursor.kind == CursorKind.DO_STMT:
            self.negated(children[-1])
            self.bodies(children[:1])
            return
        if cursor.kind == CursorKind.WHILE_STMT:
            self.negated(children[0])
        else:
            self.header(cursor, children[:-1])
        self.bodies(children[-1:])

    def header(self, cursor, parts):
        """The condition and the step of a for loop; either may be left out."""
        depth, ends = 0, []
        for token in cursor.get_tokens():
            depth += {"(": 1, ")": -1}.get(token.spelling, 0)
            if token.spelling == ";" and depth == 1:
                ends.append(token.extent.start.offset)
        for part in parts:
            if ends[0] < part.extent.start.offset < ends[1]:
                self.negated(part)
            elif part.extent.start.offset > ends[1]:
                self.add("statement", part, "")

    def bodies(self, bodies):
        """Single statements that stand where a block could."""
        for body in bodies:
            if body.kind not in (CursorKind.COMPOUND_STMT, CursorKind.IF_STMT,
                                 CursorKind.RETURN_STMT):
                self.drop(body)

    def block(self, cursor):
        for statement in cursor.get_children():
            if statement.kind != CursorKind.DECL_STMT:
                self.drop(statement)
            self.early_return(statement)

    def drop(self, statement):
        if statement.kind == CursorKind.RETURN_STMT:
            return  # a value is returned early instead
        needs_end = statement.kind in LOOPS or statement.kind in (CursorKind.IF_STMT,
                                                                  CursorKind.COMPOUND_STMT)
        self.add("statement", statement, ";" if needs_end else "", "nothing")

    def early_return(self, statement):
        for value in self.plain_results():
            text = f"return {value};".replace(" ;", ";")
            if text == self.text(statement) + ";":
                continue
            start = statement.extent.start.offset
            self.add_at("return", statement, start, start, text + " ", text)

    def plain_results(self):
        """Values that a function might wrongly return at once."""
        canonical = self.result.get_canonical()
        if canonical.kind == TypeKind.VOID:
            return [""]
        if canonical.kind == TypeKind.BOOL:
            return ["false", "true"]
        if self.result.spelling == "alloc_result":
            return ["(alloc_result){ALLOC_OUT_OF_MEMORY, NULL}"]
        if canonical.kind in (TypeKind.RECORD, TypeKind.ELABORATED):
            return [f"({self.result.spelling}){{0}}"]
        return ["0"]
