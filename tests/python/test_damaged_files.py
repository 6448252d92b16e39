"""Damaged result files: whatever is removed, shortened or of another type, a command says so in one line or does without."""

import io
import os
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import calibration_files
import discover_files
import h5py
import made_up
import numpy
import pytest

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
sys.path.insert(0, str(SOURCES / "analysis"))
from sahelsim import calibrate, compare, discover  # noqa: E402

pytestmark = pytest.mark.analysis
TIES = ("DIMENSION_LIST", "REFERENCE_LIST", "CLASS", "NAME", "_Netcdf4Dimid", "_Netcdf4Coordinates")


def remove_attribute(item, name):
    del item.attrs[name]


def change_attribute(item, name):
    del item.attrs[name]
    item.attrs[name] = numpy.array([1.5, numpy.nan])


def remove(data, name):
    del data[name]


def _replace(data, name, values, **options):
    """Put other values in a dataset's place, which keeps its attributes and its ties to dimensions."""
    old = data[name]
    attributes = {key: value for key, value in old.attrs.items() if key not in TIES}
    scales = [[scale.name for scale in dimension.values()] for dimension in old.dims]
    users = [(key, axis) for key, item in old.parent.items() if isinstance(item, h5py.Dataset)
             for axis, dimension in enumerate(item.dims) if any(scale.name == old.name for scale in dimension.values())]
    is_scale = h5py.h5ds.is_scale(old.id)
    for key, axis in users:
        old.parent[key].dims[axis].detach_scale(old)
    group, key = old.parent, name.rpartition("/")[2]
    del data[name]
    new = group.create_dataset(key, data=values, **options)
    new.attrs.update(attributes)
    if is_scale:
        new.make_scale(key)
    for axis, names in enumerate(scales[:new.ndim]):
        for scale in names:
            new.dims[axis].attach_scale(data[scale])
    for user, axis in users:
        group[user].dims[axis].attach_scale(new)


def shorten(data, name):
    old = data[name]
    _replace(data, name, old[:-1], dtype=old.dtype)


def change(data, name):
    """Texts in place of numbers, and numbers in place of texts."""
    old = data[name]
    if old.dtype.kind == "O":
        _replace(data, name, numpy.full(old.shape, 1.5))
    else:
        _replace(data, name, numpy.full(old.shape, "x", dtype=object), dtype=h5py.string_dtype())


def damages(path):
    """Each way to damage the file: a description, and a function of the open file."""
    found = []

    def look(name, item):
        for key in item.attrs:
            ways = [remove_attribute]
            if key not in TIES:  # of which HDF5 itself dies
                ways.append(change_attribute)
            for how in ways:
                found.append((f"{how.__name__} {name}@{key}", lambda data, how=how, key=key: how(data[name], key)))
        if name == "/":
            return
        ways = [remove]
        if isinstance(item, h5py.Dataset):
            ways += [change, *([shorten] if item.ndim and len(item) else [])]
        found.extend((f"{how.__name__} {name}", lambda data, how=how: how(data, name)) for how in ways)

    with h5py.File(path, "r") as data:
        look("/", data)
        data.visititems(look)
    return found


def run(main, arguments):
    """Exit code, and what is wrong: a traceback, or more or less than one line with the code 2."""
    out, err = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main([str(argument) for argument in arguments])
    except Exception as error:
        return None, repr(error)
    lines = err.getvalue().splitlines()
    return code, "" if (code, len(lines)) in ((0, 0), (2, 1)) else f"exit code {code} with {lines}"


def told(main, whole, arguments, tmp_path, unread=()):
    """Codes by damage; every one must end in an answer or in one line. `unread`: groups that the command leaves alone."""
    codes, wrong = {}, []
    file = tmp_path / "damaged.h5"
    for text, damage in damages(whole):
        if text.split()[1].startswith(unread):
            continue
        shutil.copy(whole, file)
        with h5py.File(file, "r+") as data:
            damage(data)
        codes[text], why = run(main, [file, *arguments])
        if why:
            wrong.append(f"{text}: {why}")
    assert not wrong, f"{len(wrong)} of {len(codes)}:\n" + "\n".join(wrong)
    return codes


def refused(codes, *needed):
    """What a command can't do without, however it is damaged."""
    for text in needed:
        found = {each: code for each, code in codes.items() if each.split()[1] == text}
        assert found and set(found.values()) == {2}, found


def test_compare(tmp_path):
    whole = made_up.write(tmp_path / "one.h5", "usual", runs=2, months=2)
    other = made_up.write(tmp_path / "two.h5", "other", runs=2, months=2)
    codes = told(compare.main, whole, [other, "--outcomes", "civilians_killed"], tmp_path,
                 ("scenario/", "parameters/", "runtime/", "deaths", "population", "cercles/deaths", "cercles/population"))
    refused(codes, "arm", "point", "replicate", "status", "civilians_killed", "/@git_hash", "/@start", "/@end", "/@seed",
            "/@schema_version", "civilians_killed@units", "cercles/region")


def test_discover(tmp_path):
    rng = numpy.random.default_rng(1)
    killed = {"civilians_killed": rng.random((2, 12, 2))}
    whole = discover_files.write_sweep(tmp_path / "one.h5", killed, rng.random((12, 2)))
    discover_files.add_targets(whole, rng.random((2, 12, 2, 2)), [(0.1, 1.0), (0.5, 0.5)])
    codes = told(discover.main, whole, ["--permutations", 1, "--boxes", 1], tmp_path)
    refused(codes, "arm", "point", "replicate", "status", "summary/civilians_killed", "design/value", "design/factor",
            "arms/talks", "/@summary_start", "/@summary_end", "/@git_hash", "targets/simulated", "targets/role")


def test_calibrate(tmp_path):
    values = calibration_files.hypercube(12, 1)
    rng = numpy.random.default_rng(1)
    whole = calibration_files.write_wave(tmp_path / "one.h5", values, calibration_files.simulate(values, 2, rng),
                                         calibration_files.observe(rng))
    codes = told(calibrate.main, whole, ["--targets", "deaths-one"], tmp_path)
    refused(codes, "arm", "point", "replicate", "status", "summary", "design/value", "design/distribution", "/@start",
            "/@end", "/@git_hash", "targets/simulated", "targets/role", "targets/low", "arms/war")
