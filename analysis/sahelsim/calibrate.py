"""The command `sahelsim calibrate`: history matching in waves, and draws from what is left."""

import sys

from . import command
from .problems import Problem, check_name

DESCRIPTION = """\
Rule out values of parameters that can't give the figures of the reports, wave by wave, and draw from what is left.

  sahelsim sweep wave1.yaml -o wave1                             one arm, a latin hypercube, several replicates
  sahelsim calibrate wave1/results.h5 -o wave2                   writes wave2.yaml and wave2.csv
  sahelsim sweep wave2.yaml -o wave2                             points that are not ruled out
  sahelsim calibrate wave1/results.h5 wave2/results.h5 -o wave3  and so on, with all waves before
  sahelsim calibrate wave1/results.h5 wave2/results.h5 --posterior calibrated.csv

Only targets with the role calibration are used; those for validation are never read. docs/tutorial-calibrate.md explains
the numbers, and what not to conclude.
"""


def _parser():
    parser = command.Parser("calibrate", DESCRIPTION)
    parser.add_argument("files", metavar="FILE", nargs="+", help="result files of the sweeps, wave by wave")
    what = parser.add_argument_group("what is calibrated")
    what.add_argument("--targets", metavar="A,B", type=command.names, help="these targets only (all for calibration)")
    what.add_argument("--exclude", metavar="A,B", type=command.names, help="not these")
    what.add_argument("--arm", metavar="ARM", help="which arm, of sweeps with several")
    how = parser.add_argument_group("how it is judged")
    how.add_argument("--discrepancy", metavar="S", type=_deviation, default=0.1,
                     help="standard deviation of what the model can't match whatever its parameters, of logarithms (0.1; of "
                          "classes in classes)")
    how.add_argument("--discrepancy-of", metavar="TARGET=S,...", type=_deviations, default={},
                     help="the same, of single targets")
    how.add_argument("--cutoff", metavar="I", type=command.positive, default=3.0,
                     help="implausibility above which a point is ruled out (3)")
    how.add_argument("--kth", metavar="K", type=command.count, default=1,
                     help="hold the Kth largest implausibility against it (1); 2 lets one target be missed")
    command.add_seed(how, "of searches, samples and draws")
    out = command.add_outputs(parser, csv=None, json="all numbers")
    out.add_argument("-o", "--output", metavar="NAME",
                     help="write the next wave: NAME.yaml, NAME.csv and NAME-scenario.yaml")
    out.add_argument("--points", metavar="N", type=command.count, help="of the next wave (as many as the last one has)")
    out.add_argument("--posterior", metavar="FILE", help="write draws as CSV, for designs of type list")
    out.add_argument("--draws", metavar="N", type=command.count, default=200, help="how many (200)")
    return parser


def _deviation(text):
    return command.not_negative(text, "a standard deviation")


def _deviations(text):
    return command.pairs_of(text, _deviation)


def _check_output(arguments):
    from .next_wave import paths_of

    paths = paths_of(arguments.output) if arguments.output else {}
    command.check_outputs(arguments, *paths.values(), arguments.posterior)
    return paths


def _progress():
    """Tells on a terminal what is being done, in one line that goes away."""
    if not sys.stderr.isatty():
        return lambda text: None
    return lambda text: print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _settings(arguments, data):
    from .calibration import Settings

    for name in arguments.discrepancy_of:
        check_name("target among those that are used", name, [target.name for target in data.targets])
    return Settings(arguments.cutoff, arguments.kth, arguments.discrepancy, arguments.discrepancy_of, arguments.seed)


def _run(argv):
    arguments = _parser().parse_args(argv)
    paths = _check_output(arguments)
    from . import waves
    from .calibration import calibrate

    data = waves.read(arguments.files, waves.Choice(arguments.targets, arguments.exclude, arguments.arm))
    settings = _settings(arguments, data)
    progress = _progress()
    from threadpoolctl import threadpool_limits

    # On one thread sums have one order, so that the answer doesn't hang on how many processors there are.
    with threadpool_limits(1):
        calibration = calibrate(data, settings, progress)
        progress("")
        _tell(arguments, calibration, paths)


def _tell(arguments, calibration, paths):
    from . import calibration_tables
    from .calibration_report import report

    draws = None
    left = len(calibration.left.points) > 0
    if arguments.posterior and left:
        from .draws import draw

        draws = draw(calibration, arguments.draws)
    tables = {"waves": calibration_tables.of_waves(calibration),
              "targets": calibration_tables.of_targets(calibration, draws),
              "parameters": calibration_tables.of_parameters(calibration, draws),
              "correlations": calibration_tables.correlations(calibration, draws)}
    written = [*_write_points(arguments, calibration, draws, paths),
               *command.write_outputs(arguments, calibration_tables, "calibration_figures", calibration, tables, draws)]
    command.tell(report(calibration, tables, draws, calibration.notes, command.width()), written)
    wanted = [option for option in ("output", "posterior") if getattr(arguments, option)]
    if wanted and not left:
        sys.stdout.flush()
        raise Problem(f"no point of the parameters' space is left: {arguments.output or arguments.posterior} is not written")


def _write_points(arguments, calibration, draws, paths):
    """Write the next wave and the draws, where they were asked for; the lines that say so."""
    from . import next_wave, priors

    written, data = [], calibration.data
    if paths and len(calibration.left.points):
        from .history_matching import spread_out

        snapped = priors.snap(data.priors, calibration.left.points)
        chosen = spread_out(snapped, arguments.points or len(data.waves[-1].points), arguments.seed)
        values = priors.from_unit(data.priors, calibration.left.points[chosen])
        with command.writing(paths["sweep"]):
            next_wave.write_sweep(paths, data, values, len(data.waves) + 1)
        written.append(f"Written: {paths['sweep']}, with {len(values)} points in {paths['points']}")
    if draws is not None:
        with command.writing(arguments.posterior):
            next_wave.write_points(arguments.posterior, data.priors, draws.values)
        written.append(f"Written: {arguments.posterior}, {len(draws.values)} draws")
    return written


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
