"""What a corpus file says about itself in its first comment, and how to rewrite it.

    /*
     * mistake: the padding aligns the offset in the buffer, not the address
     * suite: alignment
     * expect: status graded, points 87
     * fails: alignment.misaligned_buffer_odd, alignment.first_block_in_odd_buffer
     */

README.md lists the keys. A value goes on over lines that are indented deeper.
"""

import dataclasses
import re
import textwrap

KEY = re.compile(r"^ \* ([a-z]+): (.*)$")
MORE = re.compile(r"^ \*   +(\S.*)$")
EXPECT = re.compile(r"^status (graded|compile_error|rejected), points ([0-9]+|any|\?)$")
ANY = "any"
KINDS = ("design", "mistake", "hostile")
KEYS = KINDS + ("attack", "kind", "layer", "suite", "diagnosis", "compiler", "object", "expect",
                "fails", "statuses", "naive", "direct")
EVERY = "every test"
WHOLE = ".*"
NONE = "none"
WIDTH = 86


# The attacks that graders of C programs are known to meet, by phase, as README.md says;
# those that begin with an x are our own.
KNOWN_ATTACKS = {f"{phase}{number:02}" for phase, count in (("c", 16), ("l", 16), ("r", 22))
                 for number in range(1, count + 1)}
ATTACK_KINDS = ("CE", "AUDIT", "FAIL", "EARN")


class BadHeader(Exception):
    """The file's first comment cannot be understood."""


@dataclasses.dataclass
class Verdict:
    """What became of a submission: the part of a report that a file states."""

    status: str
    points: int
    failed: dict  # id of each test that did not pass -> its status
    tests: list  # ids of all tests
    causes: list  # of the diagnosis, in its order: (id, confidence)

    def fails(self):
        """The value of `fails`, with "suite.*" where a suite fails as a whole."""
        if self.tests and len(self.failed) == len(self.tests):
            return EVERY
        words = []
        for suite in dict.fromkeys(suite_of(test) for test in self.tests):
            every = [test for test in self.tests if suite_of(test) == suite]
            failed = [test for test in every if test in self.failed]
            words += [suite + WHOLE] if failed == every else failed
        return ", ".join(words) or NONE

    def statuses(self):
        """The value of `statuses`, "fail" where the file has none."""
        return ", ".join(sorted(set(self.failed.values()))) or "fail"


def parse(path):
    """The keys of a file, in their order."""
    keys = {}
    current = None
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    if not lines or lines[0] != "/*" or " */" not in lines:
        raise BadHeader(f"{path}: the first lines are not a comment of the known form")
    for number, line in enumerate(lines[1:lines.index(" */")], 2):
        start = KEY.match(line)
        more = MORE.match(line)
        if start and start[1] in KEYS and start[1] not in keys:
            current = start[1]
            keys[current] = start[2]
        elif more and current:
            keys[current] += " " + more[1]
        else:
            raise BadHeader(f"{path}:{number}: not a known key: {line}")
    if sum(kind in keys for kind in KINDS) != 1:
        raise BadHeader(f"{path}: one of {', '.join(KINDS)} must be given")
    if not EXPECT.match(keys.get("expect", "")):
        raise BadHeader(f"{path}: expect must be 'status STATUS, points NUMBER'")
    if "hostile" in keys:
        need_hostile_keys(path, keys)
    if "mistake" in keys and "diagnosis" not in keys:
        raise BadHeader(f"{path}: diagnosis must be given")
    return keys


def need_hostile_keys(path, keys):
    """A hostile file says which attack it is, and its kind fits its verdict."""
    if not re.fullmatch("[clrx][0-9]{2}", keys.get("attack", "")):
        raise BadHeader(f"{path}: attack must be c, l, r or x and two digits")
    if keys.get("kind") not in ATTACK_KINDS or "naive" not in keys:
        raise BadHeader(f"{path}: kind and naive must be given")
    status = {"CE": "compile_error", "AUDIT": "rejected"}.get(keys["kind"], "graded")
    if status != EXPECT.match(keys["expect"])[1]:
        raise BadHeader(f"{path}: kind {keys['kind']} means status {status}")


def without(layers, keys):
    """The keys on a machine with these layers of the sandbox: where the one that a
    verdict rests on is not to be had, the file earns what it would without the attack."""
    if keys.get("layer", NONE) in layers | {NONE}:
        return keys
    return {**keys, "suite": NONE, "expect": "status graded, points 100", "fails": NONE}


def stated(keys, all_tests):
    """What a file states, as the same four words that `observed` gives."""
    status, points = EXPECT.match(keys["expect"]).groups()
    fails = keys.get("fails", NONE)
    failed = set(all_tests) if fails == EVERY else expanded(split(fails), all_tests)
    statuses = keys.get("statuses", "fail")
    if not failed or status != "graded":
        statuses = None
    return {"status": status, "points": points, "fails": failed, "statuses": statuses}


def observed(verdict):
    """A verdict in the same words."""
    failed = set(verdict.failed) if verdict.status == "graded" else set()
    return {
        "status": verdict.status,
        "points": str(verdict.points),
        "fails": failed,
        "statuses": verdict.statuses() if failed else None,
    }


def differences(keys, verdict):
    """Sentences about what is not as the file states; none if all is."""
    want = stated(keys, verdict.tests)
    have = observed(verdict)
    found = []
    if want["points"] == ANY:
        return [] if want["status"] == have["status"] else [
            f"status: stated {want['status']}, observed {have['status']}"]
    for key in ("status", "points", "statuses"):
        if have[key] not in alternatives(want[key]):
            found.append(f"{key}: stated {want[key]}, observed {have[key]}")
    for test in sorted(want["fails"] - have["fails"]):
        found.append(f"{test}: stated to fail, passes")
    for test in sorted(have["fails"] - want["fails"]):
        found.append(f"{test}: stated to pass, {verdict.failed[test]}")
    return found + house_rule(keys, have["fails"], verdict) + misled(keys, verdict)


def misled(keys, verdict):
    """What is named first is what the file says is wrong; a right file has no cause."""
    first = verdict.causes[0][0] if verdict.causes else NONE
    stated_first = NONE if "design" in keys else keys.get("diagnosis", first)
    if first == stated_first:
        return []
    return [f"diagnosis: stated {stated_first}, observed {first}"]


def alternatives(words):
    """What a value allows: itself, or either side of an "or"."""
    return words.split(" or ") if words else [words]


def house_rule(keys, failed, verdict):
    """One mistake costs the suites it is said to belong to, and no other."""
    if "suite" not in keys or verdict.status != "graded":
        return []
    suites = {suite_of(test) for test in failed}
    every = {suite_of(test) for test in verdict.tests}
    named = every if keys["suite"] == "every" else set(split(keys["suite"]))
    if suites == named:
        return []
    return [f"suite: stated {', '.join(sorted(named))}, "
            f"observed {', '.join(sorted(suites)) or NONE}"]


def rewritten(path, verdict):
    """The file's text with `expect`, `fails` and `statuses` as observed."""
    keys = parse(path)
    if EXPECT.match(keys["expect"])[2] == ANY:
        return path.read_text(encoding="utf-8")
    keys["expect"] = f"status {verdict.status}, points {verdict.points}"
    keys.pop("statuses", None)
    if verdict.status == "graded" and "design" not in keys:
        keys["fails"] = verdict.fails()
        if verdict.failed and verdict.statuses() != "fail":
            keys["statuses"] = verdict.statuses()
    else:
        keys.pop("fails", None)
    lines = ["/*"]
    for key in KEYS:
        if key in keys:
            lines += textwrap.wrap(f"{key}: {keys[key]}", WIDTH,
                                   initial_indent=" * ", subsequent_indent=" *   ",
                                   break_long_words=False, break_on_hyphens=False)
    text = path.read_text(encoding="utf-8")
    return "\n".join(lines) + "\n" + text[text.index(" */"):]


def expanded(words, all_tests):
    """The ids that words stand for; a word that names no test stands for itself."""
    ids = set()
    for word in words:
        suite = word.removesuffix(WHOLE)
        if word != suite:
            ids |= {test for test in all_tests if suite_of(test) == suite} or {word}
        else:
            ids.add(word)
    return ids


def suite_of(test):
    return test.split(".")[0]


def split(words):
    """A list of words written with commas; "none" is an empty one."""
    return [] if words == NONE else [word.strip() for word in words.split(",")]
