"""The rules of the house that a compiler doesn't check: which folder may include which, and what stays out of all."""

import os
import re
from pathlib import Path

import pytest

SIM = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2])) / "sim"

# Each layer may include itself and the layers after it.
LAYERS = ["experiment", "output", "model", "world", "scenario", "engine"]
# Two ways to the same simulator, which know nothing of each other: the program and the Python module.
TOPS = ("cli", "python")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT_OR_STRING = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL,
)
# Their last bits differ between processors; correctly rounded functions (sqrt, floor, abs, ...) may be used freely.
ELEMENTARY = (
    "exp exp2 expm1 log log2 log10 log1p pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh "
    "cbrt hypot erf erfc tgamma lgamma"
).split()
ELEMENTARY_CALL = re.compile(r"(?<![\w.>:])(?:std::|::)?(" + "|".join(ELEMENTARY) + r")\s*\(|std::(" +
                             "|".join(ELEMENTARY) + r")\b")
STANDARD_RANDOM = re.compile(r"\b(?:std::rand|std::srand|std::random_device|std::random_shuffle|srand|drand48)\b|(?<![\w.>:])rand\s*\(")


def source_files():
    return sorted(path for path in SIM.rglob("*") if path.suffix in {".h", ".cpp"})


def name_of(path):
    return path.relative_to(SIM).as_posix()


def blank_out(match):
    """Empty text of as many lines, so that line numbers stay."""
    return '""' + "\n" * match.group().count("\n")


def code_of(path):
    """The file without comments and without what stands in strings."""
    return COMMENT_OR_STRING.sub(blank_out, path.read_text(encoding="utf-8"))


def includes_of(path):
    """(is it in angle brackets, what) for each #include; commented-out ones don't count."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [(bracket == "<", target) for bracket, target in INCLUDE.findall(text)]


def own_includes_of(path):
    return [target for system, target in includes_of(path) if not system]


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def occurrences(pattern, path):
    text = code_of(path)
    return [f"{name_of(path)}:{line_of(text, m.start())}: {m.group().strip()}" for m in pattern.finditer(text)]


def test_every_folder_has_its_place_in_the_order():
    folders = {name_of(path).split("/")[0] for path in source_files()}
    assert folders <= {*LAYERS, *TOPS}


def test_own_headers_are_included_by_their_path_from_sim():
    wrong = [
        f"{name_of(path)}: {target}"
        for path in source_files()
        for target in own_includes_of(path)
        if not (SIM / target).is_file()
    ]
    assert not wrong


def test_no_folder_includes_upward():
    wrong = []
    for path in source_files():
        folder = name_of(path).split("/")[0]
        above = {*TOPS} - {folder} if folder in TOPS else {*TOPS, *LAYERS[: LAYERS.index(folder)]}
        for target in own_includes_of(path):
            if target.split("/")[0] in above:
                wrong.append(f"{name_of(path)} includes {target}")
    assert not wrong


def test_no_headers_include_each_other_in_a_circle():
    graph = {name_of(path): own_includes_of(path) for path in source_files() if path.suffix == ".h"}
    done = set()

    def visit(header, trail):
        if header in trail:
            pytest.fail("circle: " + " -> ".join([*trail[trail.index(header):], header]))
        if header in done:
            return
        for target in graph.get(header, []):
            visit(target, [*trail, header])
        done.add(header)

    for header in graph:
        visit(header, [])


def test_processes_know_nothing_of_each_other():
    wrong = []
    for path in source_files():
        if not name_of(path).startswith("model/processes/"):
            continue
        own = Path(name_of(path)).with_suffix(".h").as_posix()
        for target in own_includes_of(path):
            if target.startswith("model/processes/") and target != own:
                wrong.append(f"{name_of(path)} includes {target}")
    assert not wrong


def test_randomness_comes_from_the_engine_only():
    wrong = [
        f"{name_of(path)}: <random>" for path in source_files() if (True, "random") in includes_of(path)
    ]
    for path in source_files():
        wrong += occurrences(STANDARD_RANDOM, path)
    assert not wrong


def test_elementary_functions_come_from_the_wrapper_only():
    wrong = []
    for path in source_files():
        if name_of(path) != "engine/mathematics.h":
            wrong += occurrences(ELEMENTARY_CALL, path)
    assert not wrong


def test_only_the_command_line_talks_to_the_terminal():
    wrong = [
        f"{name_of(path)}: <iostream>"
        for path in source_files()
        if (True, "iostream") in includes_of(path) and not name_of(path).startswith("cli/")
    ]
    assert not wrong


def test_headers_are_read_once():
    wrong = [
        name_of(path)
        for path in source_files()
        if path.suffix == ".h" and "#pragma once" not in path.read_text(encoding="utf-8")
    ]
    assert not wrong


@pytest.mark.parametrize(
    "code, found",
    [
        ("double a = std::exp(x);", True),
        ("double a = exp(x);", True),
        ("double a = ::pow(x, 2);", True),
        ("std::transform(a, b, c, std::log<double>);", True),
        ("double a = engine::power(x, 2);", False),
        ("// std::exp(x)", False),
        ('error("log(x)");', False),
        ("double a = std::sqrt(x);", False),
        ("const std::int64_t n = 1'000'000; double a = std::exp(x); char c = 'x';", True),
        ("log.add(event); recording.log(event);", False),
    ],
)
def test_the_search_for_elementary_functions_finds_them(tmp_path, code, found):
    path = tmp_path / "file.cpp"
    path.write_text(code, encoding="utf-8")
    assert bool(ELEMENTARY_CALL.search(code_of(path))) == found
