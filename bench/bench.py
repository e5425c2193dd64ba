#!/usr/bin/env python3
"""Measures the grader side by side with what it cannot be faster than.

    bench/bench.py [--build build] [--rounds 40] [--submission reference/fba.c]

In every round each of these runs once, one after the other, so that whatever else the
machine does meets all of them alike:

    grader      grader grade FILE
    make        make grade SUBMISSION=FILE, when nothing has to be built
    compiler    gcc -c FILE with the grader's flags: nobody grades C without it
    plain       the same suites in one process with the submission: gcc -c, link with
                prebuilt objects, run; no isolation, no audit, no report
    linker      ld on the submission and the subject's runtime
    bare        the grader built a second time without its sandbox (without_sandbox/)
    failing     grader grade MISTAKE, for submissions that fail: the search for a cause
                and for the shortest calls that show it included

Reported are medians over the rounds, and the median of each round's own ratio with its
quartiles; a failing submission is compared with compiling that same file. Then what the
sandbox costs, in pairs of one grading with it and one without; the grader's stages, each
beside what the same work takes alone, and peak memory.
"""

import argparse
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MISTAKES = ROOT / "tests" / "corpus" / "mistakes"
# One that fails a few tests, one of another suite, and one that fails nearly all.
FAILING = ["aligns_the_offset", "global_instead_of_the_context", "do_nothing"]


def run(command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options)


class Command:
    """A command and what its runs took."""

    def __init__(self, name, argv):
        self.name = name
        self.argv = [str(word) for word in argv]
        self.wall_ms = []
        self.cpu_ms = []
        self.largest_kib = 0

    def once(self, keep=True):
        """One run, its output thrown away. posix_spawn: our own size costs nothing."""
        null = os.open(os.devnull, os.O_RDWR)
        actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
        began = time.perf_counter()
        pid = os.posix_spawnp(self.argv[0], self.argv, os.environ, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - began
        os.close(null)
        if status != 0:
            sys.exit(f"{self.name}: failed: {shlex.join(self.argv)}")
        if keep:
            self.wall_ms.append(wall * 1000)
            self.cpu_ms.append((usage.ru_utime + usage.ru_stime) * 1000)
            self.largest_kib = max(self.largest_kib, usage.ru_maxrss)


def descendants(pid):
    """`pid` and all processes below it, as far as they are still there."""
    found = [pid]
    for parent in found:
        try:
            for thread in os.listdir(f"/proc/{parent}/task"):
                text = pathlib.Path(f"/proc/{parent}/task/{thread}/children").read_text()
                found += [int(word) for word in text.split()]
        except OSError:
            continue
    return found


def resident_kib(pid):
    """The process's share of memory: a page that n processes map counts as 1/n."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def tree_peak_kib(command):
    """The largest sum over all processes alive at once, sampled while it runs."""
    process = subprocess.Popen(
        command.argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0
    done = threading.Event()

    def sample():
        nonlocal peak
        while not done.is_set():
            peak = max(peak, sum(resident_kib(pid) for pid in descendants(process.pid)))

    sampler = threading.Thread(target=sample)
    sampler.start()
    process.wait()
    done.set()
    sampler.join()
    return peak


class Setup:
    """What the commands work on, in a temporary folder."""

    def __init__(self, build, submission, exercise, work):
        self.build = build
        self.submission = submission
        self.exercise = ROOT / "exercises" / exercise
        self.work = work
        self.grader = build / "bin" / "grader"
        manifest = json.loads((self.exercise / "exercise.json").read_text())
        self.harness = manifest["harness"]
        self.functions = manifest["submission"]["functions"]
        report = run([self.grader, "grade", submission, "--report", "-", "--quiet"]).stdout
        self.report = json.loads(report)
        flags = self.report["toolchain"]["flags"]
        self.flags = flags if isinstance(flags, list) else flags.split()

    def compile(self, output, submission=None):
        source = submission or self.submission
        return ["gcc", *self.flags, "-I", self.exercise, "-c", source, "-o", output]

    def failing(self):
        """Pairs: grading a mistake, and compiling it."""
        for name in FAILING:
            mistake = MISTAKES / f"{name}.c"
            yield (Command(name, [self.grader, "grade", mistake]),
                   Command(name, self.compile(self.work / "failing.o", mistake)))

    def plain(self):
        """Links the suites with the submission under its own names: the proxies, which
        have the same names, get others, once and beforehand."""
        direct = self.build / "lib" / self.harness / "direct"
        suites = self.work / "suites.a"
        renamed = [f"--redefine-sym={name}=proxy_{name}" for name in self.functions]
        run(["objcopy", *renamed, direct / f"lib{self.harness}_direct_runner.a", suites])
        libraries = run(["pkg-config", "--libs", "check", "libcjson", "libseccomp"])
        words = libraries.stdout.decode().split()
        compiled = self.work / "plain.o"
        program = self.work / "plain"
        link = ["gcc", "-no-pie", "-o", program, compiled, direct / "subject.o"]
        link += ["-Wl,--whole-archive", suites, "-Wl,--no-whole-archive"]
        link += [self.build / "reference" / "libreference_allocators.a", *words]
        steps = [self.compile(compiled), link, [program, "--results-fd", "2"]]
        return ["sh", "-c", " && ".join(shlex.join(map(str, step)) for step in steps)]

    def linker(self):
        """The linker alone, on the submission and what it is linked with."""
        library = self.build / "lib"
        self.subject = self.work / "subject"
        command = ["ld", "-static", "-nostdlib", "--no-dynamic-linker", "--strip-debug"]
        command += ["-z", "noexecstack", "-z", "max-page-size=4096"]
        command += ["-T", library / "subject.ld", "-o", self.subject]
        command += [library / self.harness / "runtime.o", self.work / "plain.o"]
        return [*command, library / "libgcc.a"]

    def calls(self):
        """How many calls a whole grading makes, from a judge that lists them all."""
        judge = self.build / "bin" / f"judge_{self.harness}"
        names = [word for name in self.functions for word in ("--function", name)]
        with open(self.subject, "rb") as subject, tempfile.TemporaryFile() as results:
            words = ["--subject-fd", str(subject.fileno()), "--test-cpu-ms", "60"]
            words += ["--results-fd", str(results.fileno()), "--trace", *names]
            run([judge, *words], pass_fds=[subject.fileno(), results.fileno()])
            results.seek(0)
            lines = [json.loads(line) for line in results]
        return sum(len(line["calls"]) + line["calls_omitted"] for line in lines[:-1])

    def floor(self):
        """(tests, calls, ms for forking that many children, ms for that many calls)."""
        program = self.work / "floor"
        source = ROOT / "bench" / "floor.c"
        run(["gcc", "-std=c17", "-D_GNU_SOURCE", "-O2", "-static", "-o", program, source])
        tests = len(self.report["tests"])
        calls = self.calls()
        said = run([program, str(tests), str(calls)]).stdout.split()
        return tests, calls, float(said[0]), float(said[1])

    def without_sandbox(self):
        """A grader that was built without the sandbox, in a folder of that name."""
        folder = self.build / "without_sandbox"
        run(["cmake", "--preset", "without_sandbox", "-B", folder])
        run(["ninja", "-C", folder])
        return [folder / "bin" / "grader", "grade", "--trust-submission", self.submission]

    def stages_once(self):
        """The stage timings of one grading, from its run info."""
        info = self.work / "run.json"
        run([self.grader, "grade", self.submission, "--quiet", "--run-info", info])
        return json.loads(info.read_text())


def stage_times(info):
    """Every number in the run info whose name ends in _ms, by its name."""
    found = {}

    def walk(value, name):
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, key)
        elif isinstance(value, (int, float)) and name.endswith("_ms"):
            found[name] = float(value)

    walk(info, "")
    return found


def ratio(one, other):
    values = sorted(a / b for a, b in zip(one.wall_ms, other.wall_ms))
    quartiles = statistics.quantiles(values, n=4)
    return f"{quartiles[1]:.2f} ({quartiles[0]:.2f}-{quartiles[2]:.2f})"


def print_comparison(commands):
    grader, _, compiler, plain = commands[:4]
    print(f"\n{len(grader.wall_ms)} rounds, medians\n")
    print("| command | wall ms | CPU ms | x compiler | x plain | largest process MiB |")
    print("|---|---|---|---|---|---|")
    for command in commands:
        print(
            f"| {command.name} | {statistics.median(command.wall_ms):.1f} "
            f"| {statistics.median(command.cpu_ms):.1f} "
            f"| {ratio(command, compiler)} | {ratio(command, plain)} "
            f"| {command.largest_kib / 1024:.1f} |"
        )


def quartiles(values):
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def print_failing(pairs):
    print("\n| failing submission | wall ms | x compiling it |")
    print("|---|---|---|")
    for grading, compiling in pairs:
        print(f"| {grading.name} | {statistics.median(grading.wall_ms):.1f} "
              f"| {ratio(grading, compiling)} |")


def print_sandbox(grader, bare):
    """What the sandbox adds to each grading, from pairs that ran one after the other."""
    pairs = list(zip(grader.wall_ms, bare.wall_ms)), list(zip(grader.cpu_ms, bare.cpu_ms))
    wall, cpu = ([one - other for one, other in each] for each in pairs)
    print(f"\nThe sandbox adds {quartiles(wall)} ms, of which {quartiles(cpu)} ms are the")
    print("processor's: medians of paired differences, with their quartiles.")


def print_memory(commands, samples):
    print("\n| command | all its processes together, peak MiB |")
    print("|---|---|")
    for command in commands:
        peak = max(tree_peak_kib(command) for _ in range(samples))
        print(f"| {command.name} | {peak / 1024:.1f} |")


def print_stages(infos, beside):
    print("\n| stage of the grader | median ms | beside it ms | what that is |")
    print("|---|---|---|---|")
    for name in infos[0]:
        other, what = beside.get(name, ("", ""))
        median = statistics.median(info[name] for info in infos)
        print(f"| {name} | {median:.2f} | {other and f'{other:.2f}'} | {what} |")


def beside_stages(setup, compiler, linker):
    """What each stage is compared with, by the names of the run info's stages."""
    tests, calls, children_ms, calls_ms = setup.floor()
    judge = (f"a process for each of {tests} tests ({children_ms:.1f}) and a message for "
             f"each of {calls} calls ({calls_ms:.1f})")
    return {
        "compile_ms": (statistics.median(compiler.wall_ms), "gcc -c alone, without our -pipe"),
        "link_ms": (statistics.median(linker.wall_ms), "the linker alone"),
        "judge_ms": (children_ms + calls_ms, judge),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--submission", default="reference/fba.c")
    parser.add_argument("--exercise", default="06_fixed_buffer")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    os.environ.pop("MAKEFLAGS", None)

    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        setup = Setup(
            arguments.build.resolve(), arguments.submission, arguments.exercise, work
        )
        make = ["make", "--no-print-directory", "grade"]
        commands = [
            Command("grader", [setup.grader, "grade", arguments.submission]),
            Command("make", [*make, f"SUBMISSION={arguments.submission}"]),
            Command("compiler", setup.compile(work / "alone.o")),
            Command("plain", setup.plain()),
            Command("linker", setup.linker()),
        ]
        grader, _, compiler, plain, linker = commands
        bare = Command("bare", setup.without_sandbox())
        paired = Command("paired", grader.argv)
        plain.once(keep=False)  # the linker takes its object
        failing = list(setup.failing())
        infos = []
        for number in range(arguments.rounds + 3):
            for command in [*commands, *(one for pair in failing for one in pair)]:
                command.once(keep=number >= 3)
            # A pair of its own, either of them first in turn.
            for command in (bare, paired) if number % 2 else (paired, bare):
                command.once(keep=number >= 3)
            infos.append(stage_times(setup.stages_once()))
        print_comparison(commands)
        print_failing(failing)
        print_sandbox(paired, bare)
        print_stages(infos[3:], beside_stages(setup, compiler, linker))
        print_memory(commands, 10)


if __name__ == "__main__":
    main()
