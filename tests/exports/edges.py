"""Experiments at the edges of what an exported program can say, by name.

`EXACT` lists those whose traces must agree with the lab's; `RANDOM` lists those that hold noise or random inputs, of
which Brian 2 must run the program.
"""

from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Spread, Synapses
from neurolab.units import NAMES
from tests.exports import generated

_TAU = Parameter("tau", 5.0, "ms")


def cell(
    equations,
    threshold="",
    reset="",
    size=1,
    parameters=(_TAU,),
    initial=(),
    duration=6.0,
    dt=0.1,
    **options,
):
    """An experiment of one group without inputs."""
    neurons = Neurons("cells", size, equations, threshold, reset, initial=initial, **options)
    return Experiment((neurons,), (), parameters, duration=duration, dt=dt)


def driven(
    neurons,
    spikes,
    weights,
    state,
    period=0.0,
    delay=0.0,
    duration=10.0,
    dt=0.1,
    parameters=(_TAU,),
):
    """An experiment of one group with inputs."""
    inputs = Inputs("inputs", spikes, period)
    return Experiment(
        (inputs, neurons),
        (Synapses("C", "inputs", neurons.name, state, weights, delay),),
        parameters,
        duration=duration,
        dt=dt,
    )


def _forms():
    other = "\ndx/dt = -x/tau : 1"
    rates = {
        "comparison": "1.0*(t > 2.05*ms)",
        "conjunction": "1.0*((t > 1*ms) and (t < 2*ms))",
        "chain": "1.0*(0.3 < x < 20)",
        "minimum": "minimum(x, 0.5)",
        "maximum": "maximum(x, 0.5)",
        "negation": "not (x > 0.5)",
        "a sum of conditions": "(x > 0.2) + (x > 0.4) - (x > 0.6)",
        "a power of a condition": "2**((x > 0.5) - 1)",
        "a number as condition": "(x and not v) or (t > 3*ms)",
        "floor": "floor(10*x)/10",
        "ceil": "ceil(-10*x)/10",
        "floor of large numbers": "floor(1e12*x)/1e12",
        "large whole numbers": "x*100000*100000*100000*100000/1e20",
        "all digits": "0.30000000000000004*x",
        "e and pi": "e*x - pi**2*x/9",
        "nested bounds": "clip(minimum(x, 1), 0, maximum(v, 0.2))",
        "a constant condition": "(1 > 2) + x",
        "a constant function": "tan(pi/3)*x + sqrt(2)",
        "an infinite constant": "minimum(x, -log(0))",
        "infinity as a bound": "clip(x, -inf, 0.5) + clip(x, 0.2, Inf)",
        "infinity of both signs": "maximum(x, -inf) + minimum(x, +inf)",
        "a comparison with infinity": "1.0*(x < inf) + (x > -Inf) + (-inf < x < 0.5) + (x == inf)",
        "what infinity divides": "x/inf + 1/(1 + inf)",
        "exp of infinity": "exp(-inf) + arctan(inf)*x + tanh(-Inf)",
        "signs between conditions": "1.0*((x > 0.2) & (x < 0.6)) + ((x < 0.1) | (x > 0.8))",
        "a condition turned round by a sign": "1.0*(~(x > 0.5)) + (~~(x > 0.7))",
        "signs and words": "1.0*((x > 0.2) & ((x < 0.6) | (t > 3*ms)) and not ~(x > 0.3))",
        "logarithms": "log10(1 + x) + expm1(x)",
        "arcs": "arccos(x/3) + arctan(x)",
    }
    for name, rate in rates.items():
        for method in ("", "rk4"):
            initial = (("x", (0.9,)),)
            yield (
                f"{name} {method}".strip(),
                cell(f"dv/dt = ({rate} - v)/tau : 1{other}", initial=initial, method=method),
            )


def _gates():
    for dt in (0.1, 0.05, 0.3):
        lines = [f"dg{k}/dt = 1.0*(t > {k}*{dt}*ms)/ms : 1" for k in (1, 3, 4, 6, 7)]
        lines += [
            f"dh{k}/dt = 1.0*(t >= {k * dt:.12g}*ms and t < {2 * k * dt:.12g}*ms)/ms : 1"
            for k in (3, 6, 7)
        ]
        yield (
            f"gates at dt {dt}",
            cell("\n".join(lines), "t - 0.3*ms >= 0.6*ms and g1 > 0.5", "g1 = 0", dt=dt),
        )


def _sums_at_threshold():
    for first, second, level in ((1, 9, 10), (3, 7, 10), (0.1, 0.2, 0.3), (14, 1, 15), (6, -6, 0)):
        for sign in (">", ">="):
            neurons = Neurons(
                "cells",
                1,
                "dV/dt = 0*volt/second : volt\ndw/dt = (V > 1*nV)*mV/ms : volt",
                f"V {sign} Vt",
                "V = V - 1*volt",
            )
            yield (
                f"{first} + {second} {sign} {level}",
                driven(
                    neurons,
                    ((1.0,), (2.0,)),
                    ((first,), (second,)),
                    "V",
                    parameters=(Parameter("Vt", float(level), "mV"), Parameter("nV", 1.0, "nvolt")),
                ),
            )


def _inputs():
    neurons = Neurons(
        "cells", 1, "dV/dt = -V/tau : volt", "V > 14*mV", "V = -1*mV; V += 2*mV", refractory=1.0
    )
    for name, times, period in (
        ("a spike that rounds up to the period", (0.95,), 1.0),
        ("within the period", (0.2, 0.5), 1.0),
        ("a period between steps", (0.0, 0.12), 0.25),
        ("a period beyond the run", (0.4,), 30.0),
        ("spikes beyond the run", (1.0, 50.0, 1e8), 0.0),
        ("no spikes", (), 0.0),
        ("two spikes in a step", (1.01, 1.02, 1.1), 0.0),
    ):
        yield name, driven(neurons, (times,), ((6.0,),), "V", period)
    yield "a very long delay", driven(neurons, ((1.0,),), ((6.0,),), "V", delay=1e9)
    yield "a delay between steps", driven(neurons, ((1.0,),), ((6.0,),), "V", delay=0.25)
    held = Neurons("cells", 1, "dV/dt = -V/tau : volt", "V > 4*mV", "V = 0", refractory=1e9)
    yield "a very long refractory period", driven(held, ((1.0, 3.0),), ((6.0,),), "V")
    held = Neurons("cells", 1, "dV/dt = -V/tau : volt", "V > 4*mV", "V = Vr", refractory=0.25)
    yield (
        "a refractory period between steps",
        driven(
            held, ((1.0, 1.2, 1.4),), ((6.0,),), "V", parameters=(_TAU, Parameter("Vr", 1.0, "mV"))
        ),
    )
    yield (
        "weights of 0",
        driven(held, ((1.0,),), ((0.0,),), "V", parameters=(_TAU, Parameter("Vr", 1.0, "mV"))),
    )


def _linear():
    lines = "dx/dt = (y - x)/p : 1\ndy/dt = -y/q : 1\np : second\nq : second"
    initial = (
        ("x", (0.2, 0.3, 0.1)),
        ("y", (1.0, 2.0, 1.5)),
        ("p", (5.0, 5.0, 8.0)),
        ("q", (5.0, 7.0, 3.0)),
    )
    yield "coupled, one rate a neuron", cell(lines, size=3, initial=initial)
    yield (
        "a rate of 0 in one neuron",
        cell(
            "dx/dt = b - x*a/tau : 1\na : 1\nb : hertz",
            size=2,
            initial=(("a", (0.0, 1.0)), ("b", (100.0, 50.0))),
        ),
    )
    yield "an oscillation", cell("dx/dt = y/ms : 1\ndy/dt = -x/ms : 1", initial=(("x", (1.0,)),))
    yield (
        "nothing moves",
        cell("x : 1\nw : volt", "x > 2", "x = 0; w += 1*mV", initial=(("x", (3.0,)),)),
    )
    yield (
        "a weight that a reset changes",
        cell("dv/dt = (1.5 - v)/tau : 1\nw : 1", "v > 1", "v = 0; w += 0.5"),
    )
    for equations in (
        "dx/dt = (g*(1 - x))/tau : 1\ndg/dt = 0.1/tau : 1",
        "dx/dt = (1 - g*x)/tau : 1\ndg/dt = -g/tau : 1",
        "dx/dt = (1 - x*(t > 2*ms))/tau : 1",
        "dx/dt = s/tau : 1\ns = (1 - x)*y : 1\ndy/dt = x/tau : 1",
    ):
        yield (
            f"exponential_euler of {equations.splitlines()[0]}",
            cell(equations, method="exponential_euler"),
        )
    for threshold in (
        "1 > 0",
        "1 > 2",
        "t > 2*ms",
        "not x",
        "x or 1 > 2",
        "(x > 0.5) & (t > 1*ms) | ~(t < 3*ms)",
        "not ~(not x < 0.5)",
        "~(t < 2*ms)",
        "x < inf",
        "-inf < x",
    ):
        yield (
            f"threshold {threshold}",
            cell(
                "dx/dt = (2 - x)/tau : 1",
                threshold,
                "x = x*0.5 - x**2; x /= 2 + 1; x -= 1 - 2",
                refractory=1.0,
            ),
        )


def chain(length, method, first="0.1*x + 0.2"):
    """Static equations each of which uses the one before it twice; written out, their length doubles each time."""
    lines = [f"dx/dt = (s{length} - x)/tau : 1", f"s0 = {first} : 1"]
    lines += [f"s{k} = s{k - 1}*0.75 + s{k - 1}*0.25 : 1" for k in range(1, length + 1)]
    return cell("\n".join(lines), "x > 0.9", "x = 0", initial=(("x", (0.5,)),), method=method)


def _chains():
    for method in ("", "euler", "rk2", "rk4", "exponential_euler"):
        for length in (3, 30):
            yield f"a chain of {length} static equations {method}".strip(), chain(length, method)


def _dimensions():
    yield (
        "composite dimensions",
        cell(
            "da/dt = (5*volt/second - a)/tau : volt/second\ndb/dt = (3*volt**0.5 - b)/tau : volt**0.5\n"
            "dc/dt = (k - c)/tau : kelvin\ndm/dt = (2*mM - m)/tau : mM\nq = a*tau\ns = sqrt(a*tau) : volt**0.5",
            "a > 3*volt/second and c > 0",
            "a = 0; c = 0; m += 1*uM",
            size=2,
            initial=(("a", (1.0, 4.9)), ("m", (1.0, 2.0))),
            parameters=(_TAU, Parameter("k", 300.0, "K")),
        ),
    )
    yield (
        "units that Brian 2 does not know by these names",
        cell(
            "dV/dt = (Vs - V)/taus : mV\ndI/dt = -I/taus : nA",
            "V > 2*mV",
            "V = 0",
            parameters=(Parameter("Vs", 3e-6, "kV"), Parameter("taus", 0.004, "sec")),
        ),
    )
    units = sorted(NAMES)
    for first in range(0, len(units), 40):
        lines = [
            f"dx{k}/dt = ((1*{name})/({name}*2) - x{k})/tau : 1"
            for k, name in enumerate(units[first : first + 40])
        ]
        lines += [f"y{k} = 2*{name}" for k, name in enumerate(units[first : first + 40])]
        yield f"units from {units[first]}", cell("\n".join(lines), duration=1.0)


def _names():
    names = list(
        dict.fromkeys(
            [
                *generated.NAMES,
                *(
                    "C1 C2 t0 new_x next_v id type spikes equations events group order when thresholder Q O test gammainc lamda "
                    "zeros i_post j_pre plot show figure prefs defaultclock NeuronGroup volt2 nan infinity logical_not".split()
                ),
            ]
        )
    )
    for first in range(0, len(names), 15):
        part = names[first : first + 15]
        lines = [f"d{name}/dt = ({k + 1} - {name})/tau : 1" for k, name in enumerate(part)]
        yield (
            f"variables {part[0]} to {part[-1]}",
            cell("\n".join(lines), f"{part[1]} > 0.5", f"{part[1]} = 0", duration=2.0),
        )
        constants = tuple(Parameter(name, 0.1 * k, "") for k, name in enumerate(part))
        lines = [f"dx{k}/dt = ({name} - x{k})/tau : 1" for k, name in enumerate(part)]
        yield (
            f"parameters {part[0]} to {part[-1]}",
            cell("\n".join(lines), duration=1.0, parameters=(_TAU, *constants)),
        )


def _random():
    for name, equations in (
        ("added noise", "dx/dt = -x/tau + xi/tau**0.5 : 1\ndy/dt = -y/tau + 2*xi/tau**0.5 : 1"),
        ("multiplied noise", "dx/dt = -x/tau + x*xi/tau**0.5 : 1"),
        ("noise in a formula that is not linear", "dx/dt = -x/tau + 1.0*(xi*tau**0.5 > 1)/tau : 1"),
        (
            "noise in a static equation",
            "dx/dt = (n - x)/tau : 1\ndy/dt = (n - y)/tau : 1\nn = xi*tau**0.5 : 1\nm = 2*x : 1",
        ),
        ("noise and a condition", "dx/dt = (1.0*(t > 1*ms) - x)/tau + xi/tau**0.5 : 1"),
    ):
        yield name, cell(equations, "x > 1", "x = 0", size=5)
    yield "a chain of 30 static equations with noise", chain(30, "", "0.1*xi*tau**0.5")
    yield (
        "initial values at random",
        cell(
            "dx/dt = -x/tau : 1\nk : volt",
            size=5,
            initial=(("x", Spread(0.0, 1.0)), ("k", Spread(-1.0, 1.0))),
        ),
    )
    neurons = Neurons("cells", 2, "dV/dt = -V/tau : volt", "V > 4*mV", "V = 0")
    inputs = Inputs("inputs", ((), ()), rates=(100.0, 300.0))
    yield (
        "inputs at random",
        Experiment(
            (inputs, neurons),
            (Synapses("C", "inputs", "cells", "V", ((1.0, 2.0), (3.0, 0.0))),),
            (_TAU,),
        ),
    )


def _all(*parts):
    return {name: experiment for part in parts for name, experiment in part()}


EXACT = _all(_forms, _gates, _sums_at_threshold, _inputs, _linear, _chains, _dimensions, _names)
RANDOM = _all(_random)
