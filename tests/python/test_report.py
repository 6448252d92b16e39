"""sahelsim report: the page says what the comparison says, holds together, loads nothing, and escapes all that it is given."""

import html.parser
import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import h5py
import made_up
import numpy
import pytest

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
ANALYSIS = SOURCES / "analysis"
sys.path.insert(0, str(ANALYSIS))
from sahelsim import compare as compare_command  # noqa: E402
from sahelsim import page  # noqa: E402
from sahelsim import report as report_command  # noqa: E402
from sahelsim.page_data import as_json  # noqa: E402

pytestmark = pytest.mark.analysis

EVIL = """</script><script>alert("1")</script>'"><img src=x onerror=alert(2)>&amp;{{ 7 * 7 }}"""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "manifest", "ping", "xlink:href"}
FEW = ("--outcomes", "civilians_killed,displaced")
MORE = numpy.random.default_rng(3).permutation(numpy.arange(made_up.RUNS)) + 40


class Page(html.parser.HTMLParser):
    """What a page consists of; refuses tags that are not closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.texts, self.script = [], [], [], ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        self.texts.append(" ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag not in VOID and self.open and self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.script += data
        elif not self.open or self.open[-1] != "style":
            self.texts.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def text(self):
        return " ".join("".join(self.texts).replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-").split())

    @property
    def data(self):
        return json.loads(self.script)


def call(command, *arguments):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = command.main([str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def make(output, *arguments):
    done = call(report_command, *arguments, "-o", output, "--force")
    assert done.returncode == 0, done.stderr
    assert not done.stderr and f"Written: {output}" in done.stdout
    text = Path(output).read_text(encoding="utf-8")
    found = Page(text)
    check_whole(found, text)
    return found


def check_whole(found, text):
    """What holds for every page."""
    assert text.startswith("<!DOCTYPE html>")
    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    assert len(set(ids)) == len(ids)
    for _, attrs in found.elements:
        assert not [name for name in attrs if name.startswith("on")]
        for name in set(attrs) & LOADING:
            assert attrs[name].startswith("data:image/"), attrs[name][:80]
        for name in ("aria-labelledby", "for"):
            assert attrs.get(name, ids[0]) in ids
    for tag in ("link", "iframe", "object", "embed", "base", "form", "audio", "video", "svg"):
        assert not found.all(tag)
    for attrs in found.all("a"):
        assert re.match(r"https?://|#", attrs["href"])
        assert not attrs["href"].startswith("#") or attrs["href"][1:] in ids
    assert [attrs["type"] for attrs in found.all("script")] == ["application/json"]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert "url(" not in style and "@import" not in style
    policy = next(attrs["content"] for attrs in found.all("meta") if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'") and "img-src data:" in policy and "http" not in policy
    assert all(len(attrs["alt"]) > 20 for attrs in found.all("img"))
    assert len(found.all("figcaption")) == len(found.all("figure")) == len(found.all("img"))
    assert len(found.all("caption")) == len(found.all("table"))
    assert all(attrs.get("scope") in ("col", "row") for attrs in found.all("th"))
    assert found.all("html") == [{"lang": "en"}] and len(found.all("h1")) == 1 and len(found.all("title")) == 1
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def files(folder):
    """Two scenarios that differ by forty-five killed, an intervention, a parameter and a switch."""
    def with_targets(data):
        made_up.targets(data, numpy.column_stack([200.0 + numpy.arange(12), numpy.arange(12.0), numpy.full(12, numpy.nan)]))

    usual = made_up.write(folder / "usual.h5", change=with_targets)
    parameters = (made_up.PARAMETERS[0], (*made_up.PARAMETERS[1][:8], 0.4, 0.01, 0.5))
    other = (("surge", "arrive", "2017-05-01", "2017-06-01", "", "2,000 more", "report-1, page 11", ""),)

    worse = made_up.write(folder / "worse.h5", "worse", "Worse", more=MORE, change=with_targets, parameters=parameters,
                          interventions=made_up.INTERVENTIONS + other, mechanisms={"revenge": False})
    return usual, worse


@pytest.fixture(scope="module")
def usual_page(files, folder):
    return make(folder / "page.html", *files, *FEW)


def test_the_page_says_what_was_run(usual_page, files):
    assert "Worse against As usual worse against usual: 2017-01 to 2018-03, 12 pairs." in usual_page.text
    for words in ("What it is for.", "12 of 12 runs done", "0123456789abcdef", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z",
                  f"sahelsim report {files[0]}", "2017-01-01 to 2018-03-31", "Seed of the runs 7"):
        assert words in usual_page.text, words


def test_the_page_has_the_sentences_and_numbers_of_compare(usual_page, files, folder):
    done = call(compare_command, *files, *FEW, "--json", folder / "same.json", "--force")
    assert done.returncode == 0
    document = json.loads((folder / "same.json").read_text(encoding="utf-8"))
    assert usual_page.data["comparison"] == document
    row = next(row for row in document["effects"] if row["outcome"] == "civilians_killed")
    assert row["mean"] == pytest.approx(45.5) and row["words"] in usual_page.text
    for part in ("By year: worse less usual", "By region: worse less usual", "Arms that no other arm beats"):
        assert part in usual_page.text


def test_series_and_maps_end_at_the_numbers_of_the_tables(usual_page):
    data = usual_page.data
    effect = next(row for row in data["comparison"]["effects"] if row["outcome"] == "civilians_killed")
    worse = data["series"]["civilians_killed"]["worse"]
    assert len(data["months"]) == len(worse["mean"]) == len(worse["quantiles"][2]) == made_up.MONTHS
    assert worse["difference"]["mean"] == pytest.approx([effect["mean"]] * made_up.MONTHS)
    assert worse["difference"]["low"][-1] < effect["mean"] < worse["difference"]["high"][-1]
    assert sum(worse["mean"]) == pytest.approx(effect["arm_mean"], rel=1e-4)
    quantiles = numpy.array(worse["quantiles"])
    deaths, _ = made_up.draw()
    deaths[:, 0, 0, 0, -1] += MORE
    assert quantiles == pytest.approx(numpy.quantile(deaths[..., -1].sum((2, 3)), data["quantiles"], axis=0), rel=1e-4)
    by_cercle = data["by_cercle"]["civilians_killed"]["worse"]
    assert by_cercle["difference"]["mean"] == pytest.approx([45.5, 0, 0])
    assert sum(by_cercle["mean"]) == pytest.approx(effect["arm_mean"], rel=1e-4)
    assert [one["region"] for one in data["cercles"]] == ["Gao", "Mopti", "Mopti"]
    assert [arm["runs"] for arm in data["arms"]] == [12, 12]
    assert {one["name"] for one in data["outcomes"]} == set(data["series"])


def test_what_differs_between_arms_is_shown(usual_page):
    text = usual_page.text
    assert "surge worse 2017-05-01 to 2017-06-01 arrive: 2,000 more report-1, page 11" in text
    assert "1 intervention that all arms have" in text
    assert "revenge.rate How often revenge is taken. 0.1 0.4 1/day 0.01 to 0.5 assumed" in text
    assert "revenge on off" in text
    assert "2 numbers: 1 estimated (from what sources state), 1 assumed (" in text
    assert "control.relaxation_time How slowly control moves. 60 days 30 to 120 estimated report-1, page 7 A guess." in text
    assert {attrs["href"] for attrs in usual_page.all("a")} >= {"#source-1", "https://example.org/report"}


def test_runs_stand_beside_figures_for_calibration_only(usual_page):
    assert ("Civilians killed, 2017 the country 2017-01-01 to 2017-12-31 acled; report-1, table 1 90.0 to 270 "
            "206 (201 to 210)") in usual_page.text
    assert "Battles, 2017" not in usual_page.text and "1 more figure is kept" in usual_page.text
    assert "Songs sung" not in usual_page.text


def test_figures_are_those_of_compare(usual_page, files, folder):
    done = call(compare_command, *files, *FEW, "--figures", folder / "figures")
    assert done.returncode == 0
    names = {path.stem for path in (folder / "figures").glob("*.svg")}
    assert len(usual_page.all("img")) == len(names) == 5
    assert all(attrs["src"].startswith("data:image/svg+xml;base64,") for attrs in usual_page.all("img"))
    assert "higher than in usual by 45.5 on average" in " ".join(attrs["alt"] for attrs in usual_page.all("img"))


def test_everything_is_escaped(folder):
    parameters = ((EVIL,) * 8 + (1.0, 0.0, 2.0), (EVIL + "2",) * 8 + (1.0, 0.0, 2.0))
    evil = {"description": EVIL, "parameters": parameters, "interventions": ((EVIL,) * 8,),
            "sources": ((EVIL, EVIL, EVIL, EVIL, "javascript:alert(3)"), ("two", "Two", "", "", "data:text/html,x"))}

    def with_targets(data):
        targets = [tuple(EVIL if row[2] == "calibration" and number in (0, 1, 4, 5, 6, 7, 8, 9) else value
                         for number, value in enumerate(row)) for row in made_up.TARGETS[:1]]
        made_up.targets(data, numpy.ones((12, 1)), targets)
        data.attrs.modify("git_hash", EVIL)
        data.attrs.modify("source", EVIL)

    (folder / "</script>").mkdir(parents=True)
    usual = made_up.write(folder / "</script>" / "<b>a&'\".h5", EVIL, EVIL, change=with_targets, **evil)
    other = made_up.write(folder / "other.h5", "<script>other", EVIL, more=3, change=with_targets, **evil)
    found = make(folder / "evil.html", usual, other, "--outcomes", "deaths")
    assert len(found.all("script")) == 1 and not [attrs for attrs in found.all("img") if "onerror" in attrs]
    assert found.text.count('<script>alert("1")</script>') > 10 and "{{ 7 * 7 }}" in found.text
    assert not [attrs for attrs in found.all("a") if not attrs["href"].startswith("#")]
    assert {arm["title"] for arm in found.data["arms"]} == {EVIL}


def test_the_data_can_stand_in_a_script():
    document = {"a": "</script><!--<script>&\u2028\u2029é", "b": [1, None, 0.1]}
    text = as_json(document)
    assert not set("<>&\u2028\u2029") & set(text) and json.loads(text) == document
    with pytest.raises(ValueError):
        as_json({"a": float("nan")})


def test_the_same_input_gives_the_same_page(files, folder):
    make(folder / "again.html", *files, "--outcomes", "deaths")
    first = (folder / "again.html").read_bytes()
    code = "import sys; from sahelsim.report import main; sys.exit(main(sys.argv[1:]))"
    arguments = [*map(str, files), "--outcomes", "deaths", "-o", folder / "again.html", "--force"]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, timeout=120,
                   env={**os.environ, "PYTHONPATH": str(ANALYSIS), "PYTHONDONTWRITEBYTECODE": "1", "TZ": "Asia/Tokyo"})
    assert (folder / "again.html").read_bytes() == first


def sweep(path, arms=("a", "b", "c", "d"), points=2, series=True, kind="latin_hypercube"):
    """A sweep made of files of `run`: its arms differ by how many more are killed."""
    runs = [(arm, point, replicate) for arm in arms for point in range(points) for replicate in range(3)]
    more = numpy.array([20 * arms.index(arm) + 5 * replicate for arm, _, replicate in runs])

    def change(data):
        scenario = {name: data[name] for name in ("parameters", "scenario")}
        for arm in arms:
            for name, group in scenario.items():
                data.copy(group, f"arms/{arm}/{name}")
            text = f"arms/{arm}/scenario/text"
            data[text][()] = f"title: Arm {arm}\nrest: true\n"
        for name in scenario:
            del data[name]
        data["arm"][:] = [arm for arm, *_ in runs]
        data["point"][:], data["replicate"][:] = ([run[column] for run in runs] for column in (1, 2))
        summary = data.create_group("summary")
        summary["run"] = data["run"][:]
        summary["run"].make_scale("run")
        for name in ("perpetrator", "victim", "authority"):
            for end in ("", "_label"):
                data.copy(name + end, summary)
        for name in ("deaths", "civilians_killed", "displaced", "population_by_authority"):
            values = data[name][:].sum(1) if data[name].attrs["kind"] == "flow" else data[name][:, -1]
            summary[name] = values
            summary[name].attrs.update({key: data[name].attrs[key] for key in ("long_name", "units", "kind")})
            summary[name].dims[0].attach_scale(summary["run"])
            for number, dimension in enumerate(data[name].dims):
                if number > 1:
                    axis = dimension[0].name.rsplit("/", 1)[1]
                    if not h5py.h5ds.is_scale(summary[axis].id):
                        summary[axis].make_scale(axis)
                    summary[name].dims[number - 1].attach_scale(summary[axis])
        about = data.create_group("sweep")
        about["description"] = "Which of four?"
        design = data.create_group("design")
        for name in ("factor", "unit", "distribution", "arms", "status", "source", "place", "meaning"):
            design.create_dataset(name, data=[f"the {name}"], dtype=made_up.TEXT)
        design["low"], design["high"] = [1.0], [9.0]
        data.attrs.update({"sweep": "four", "design": kind, "title": "Four arms", "branch": "2017-02-01", "summary_start": "2017-01-01",
                           "summary_end": data.attrs["end"]})
        if not series:
            for name in ("time", "cercles"):
                del data[name]

    return made_up.write(path, more=more, runs=len(runs), arms=len(arms), change=change)


def test_many_arms_of_a_sweep_get_a_table_for_each_outcome(folder):
    found = make(folder / "sweep.html", sweep(folder / "sweep.h5"), "--outcomes", "civilians_killed,displaced")
    text = found.text
    assert "Four arms 3 arms against a: 2017-01 to 2018-03, 6 pairs at 2 points." in text
    for words in ("Which of four?", "Arm c", "the arms part on the morning of 2017-02-01", "Civilians killed (less is better)",
                  "the factor the meaning the distribution 1 to 9 the unit the arms the status the source, the place",
                  "2 points are a sample", "All arms have the same interventions"):
        assert words in text, words
    rows = {row["arm"]: row for row in found.data["comparison"]["effects"] if row["outcome"] == "civilians_killed"}
    assert [rows[arm]["mean"] for arm in "bcd"] == pytest.approx([20, 40, 60])
    fewer = make(folder / "fewer.html", folder / "sweep.h5", "--arms", "d", "--reference", "c", "--outcomes", "displaced")
    assert [arm["name"] for arm in fewer.data["arms"]] == ["c", "d"] and "Arm a" not in fewer.text


@pytest.mark.parametrize("kind", ["grid", "list", "morris", "saltelli"])
def test_points_that_were_not_drawn_are_no_sample(folder, kind):
    found = make(folder / f"{kind}.html", sweep(folder / f"{kind}.h5", ("a", "b"), kind=kind), "--outcomes", "displaced")
    assert f"2 points are those of a {kind} design, no random sample of what parameters may be" in found.text
    assert "are a sample" not in found.text


def test_a_sweep_without_series_gives_a_page_all_the_same(folder):
    found = make(folder / "short.html", sweep(folder / "short.h5", series=False), "--outcomes", "civilians_killed")
    assert found.data["series"] is None and found.data["by_cercle"] is None and found.data["months"] is None
    assert len(found.all("img")) == 1 and "summaries only" in found.text


def test_a_file_that_says_less_of_itself_gives_a_page_all_the_same(folder, files):
    def drop(data):
        for name in ("parameters", "scenario", "runtime"):
            del data[name]

    bare = made_up.write(folder / "bare.h5", "bare", "Bare", change=drop)
    found = make(folder / "bare.html", bare, bare, "--outcomes", "deaths")
    assert "The files say nothing of them" in found.text and "No difference to" in found.text
    found = make(folder / "half.html", files[0], bare, "--outcomes", "deaths")
    assert "Nothing is shown beside figures of reports" in found.text


@pytest.mark.parametrize(("arguments", "words"), [
    (["-o", "/nowhere/at/all.html"], "no folder"),
    ([], "required"),
    (["-o", "page.html", "--outcomes", "civilans_killed"], "did you mean 'civilians_killed'"),
    (["-o", "page.html", "--reference", "usuall"], "did you mean 'usual'"),
    (["-o", "page.html", "--figures", "x"], "unrecognized"),
])
def test_wrong_options_are_told(files, folder, arguments, words, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "page.html").unlink(missing_ok=True)
    done = call(report_command, *files, *arguments)
    assert done.returncode == 2 and words in done.stderr and not done.stdout and "Traceback" not in done.stderr
    assert not (folder / "page.html").exists()


def test_bad_files_are_told_and_leave_no_page(files, folder):
    (folder / "cut.h5").write_bytes(files[0].read_bytes()[:5000])

    def damage(data):
        del data["parameters/value"]

    broken = made_up.write(folder / "broken.h5", "broken", change=damage)
    for bad, words in ((folder / "cut.h5", "cut off"), (folder / "none.h5", "no such file"),
                       (broken, "what it says of scenario 'broken' can't be read")):
        done = call(report_command, files[0], bad, "-o", folder / "no.html")
        assert done.returncode == 2 and words in done.stderr and len(done.stderr.splitlines()) == 1
        assert not (folder / "no.html").exists()


def test_pages_are_not_replaced_unasked(files, folder):
    (folder / "mine.html").write_text("mine", encoding="utf-8")
    done = call(report_command, *files, "-o", folder / "mine.html")
    assert done.returncode == 2 and "--force replaces it" in done.stderr
    assert (folder / "mine.html").read_text(encoding="utf-8") == "mine"


def test_help_comes_at_once_and_needs_no_packages():
    code = ("import sys; from sahelsim.report import main\n"
            "try: main(['--help'])\n"
            "finally: assert not {'numpy', 'xarray', 'pandas', 'scipy', 'matplotlib', 'h5py', 'jinja2'} & set(sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20,
                          env={**os.environ, "PYTHONPATH": str(ANALYSIS), "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr
    assert "--output FILE" in done.stdout and "--reference" in done.stdout


def test_numbers_are_typeset():
    assert page._typeset("5 % less in 2017-01, -3.5 to +2, r = -.2 (-1)") == (
        "5\N{NO-BREAK SPACE}% less in 2017-01, \N{MINUS SIGN}3.5 to +2, r = \N{MINUS SIGN}.2 (\N{MINUS SIGN}1)")
