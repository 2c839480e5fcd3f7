"""A second simulator, as plain as can be, in which programs of the tutorial's kind run under the same names.

It does one step after another, keeps numbers as SI floats (``mV`` is 0.001), lets Python evaluate the texts of a program,
and shares no code with neurolab. It agrees with every recorded figure of the original, so new programs can be compared
with it.
"""

import re
import sys
from functools import cache

import mpmath
import numpy as np
from numpy import array, cos, exp, sin  # noqa: F401  for the programs

second, volt, amp, hertz, ohm, siemens = 1.0, 1.0, 1.0, 1.0, 1.0, 1.0
ms, mV, nA, nS, Mohm, Hz = 1e-3, 1e-3, 1e-9, 1e-9, 1e6, 1.0
noise = None
"""For programs with xi: gives this many numbers of the standard normal distribution, for each step anew."""
made = []
"""Everything that the present program has made; `fresh` empties it."""


class defaultclock:
    dt, step = 1e-4, 0


def fresh():
    """Forget what an earlier program made."""
    made.clear()
    defaultclock.dt, defaultclock.step = 1e-4, 0


def steps(time):
    return round(time / defaultclock.dt)


@cache
def compiled(formula):
    return compile(formula, "formula", "eval")


def Equations(text):
    return text


class Group:
    """Neurons that fire, or a range of those of another group."""

    S = {}

    def __init__(self, size, whole=None, first=0):
        self.__dict__.update(N=size, whole=whole or self, first=first, taken=0, spikes=[])
        made.append(self)

    def __len__(self):
        return self.N

    def __getitem__(self, part):
        first, last, _ = part.indices(self.N)
        return Group(last - first, self.whole, self.first + first)

    def subgroup(self, size):
        self.__dict__["taken"] += size
        return self[self.taken - size : self.taken]

    def __getattr__(self, name):
        return self.whole.S[name][self.first : self.first + self.N]

    def __setattr__(self, name, value):
        if name in self.whole.S:
            self.whole.S[name][self.first : self.first + self.N] = value
        else:
            object.__setattr__(self, name, value)

    def prepare(self):
        pass

    def reset(self, step):
        pass


class SpikeGeneratorGroup(Group):
    def __init__(self, N, spiketimes, period=None):
        super().__init__(N)
        given = spiketimes() if callable(spiketimes) else spiketimes
        given = list(zip(*given)) if isinstance(given, tuple) else given
        self.given = [(int(i), t) for each, t in given for i in np.atleast_1d(each)]
        self.period = period

    def prepare(self):
        self.due = {}
        for i, t in self.given:
            quotient = t / defaultclock.dt
            at = (
                round(quotient)
                if abs(quotient - round(quotient)) < 1e-6
                else int(np.ceil(quotient))
            )
            self.due.setdefault(at, set()).add(i)

    def advance(self, step):
        self.spikes = sorted(self.due.get(step % steps(self.period) if self.period else step, ()))


class NeuronGroup(Group):
    def __init__(self, N, model, threshold=None, reset=None, refractory=0.0, method=None, order=1):
        names = sys._getframe(1).f_globals
        self.__dict__["S"] = {}
        super().__init__(N)
        self.formulas, statics = {}, {}
        for line in model.replace("\\\n", " ").splitlines():
            text = line.split("#")[0].split(":")[0].strip()
            if match := re.match(r"d(\w+)\s*/\s*dt\s*=(.*)", text):
                self.formulas[match[1]] = match[2].strip()
            elif "=" in text:
                name, formula = text.split("=")
                statics[name.strip()] = formula.strip()
            elif text:
                self.formulas[text] = "0"
        for name in list(statics) * len(statics):  # as often as they can be nested
            for where in (self.formulas, statics):
                where.update(
                    {
                        key: re.sub(rf"\b{name}\b", f"({statics[name]})", value)
                        for key, value in where.items()
                    }
                )
        self.S.update({name: np.zeros(N) for name in self.formulas})
        self.statics, self.names = statics, dict(names)
        voltages = [name for name in self.formulas if name in ("V", "v", "Vm", "vm")]
        self.main = voltages[0] if len(voltages) == 1 else next(iter(self.formulas))
        self.threshold = (
            threshold
            if isinstance(threshold, str) or threshold is None
            else f"{self.main} > {threshold!r}"
        )
        self.resets = (
            reset if isinstance(reset, str) or reset is None else f"{self.main} = {reset!r}"
        )
        single = re.fullmatch(r"\s*(\w+)\s*=([^;=\n]*)", self.resets or "")
        constant = single and not set(re.findall(r"[A-Za-z_]\w*", single[2])) & set(self.formulas)
        self.held = single[1] if constant else None
        self.refractory, self.method, self.order = refractory, method, order
        self.fired_at = np.full(N, -(10**9))

    def value(self, formula, state, t):
        return eval(compiled(formula), self.names, {**state, "t": t}) * np.ones(self.N)

    def rates(self, state, t):
        return {name: self.value(formula, state, t) for name, formula in self.formulas.items()}

    def is_linear(self):
        rng = np.random.default_rng(0)
        if any(re.search(r"\b(t|xi)\b", formula) for formula in self.formulas.values()):
            return False
        x, y = ({name: rng.normal(size=self.N) for name in self.S} for _ in "xy")
        both = {name: x[name] + y[name] for name in x}
        of = [
            self.rates(each, 0.0) for each in (x, y, both, {name: np.zeros(self.N) for name in x})
        ]
        return all(
            np.allclose(of[0][n] + of[1][n], of[2][n] + of[3][n], rtol=1e-6, atol=1e-9) for n in x
        )

    def prepare(self):
        """Choose the method; exact: exp(dt [[A, b], [0, 0]]) of each neuron, A and b read off the rates at 0 and 1."""
        self.chosen = self.method or (
            "linear" if self.is_linear() else "RK" if self.order == 2 else "Euler"
        )
        if self.chosen != "linear":
            return
        zero = {name: np.zeros(self.N) for name in self.S}
        constant, n = self.rates(zero, 0.0), len(self.S)
        rates = np.zeros((self.N, n + 1, n + 1))
        for i, name in enumerate(self.S):
            rates[:, i, n] = constant[name]
            for j, other in enumerate(self.S):
                rates[:, i, j] = (
                    self.rates({**zero, other: np.ones(self.N)}, 0.0)[name] - constant[name]
                )
        self.matrices = np.array(
            [mpmath.expm(each * defaultclock.dt).tolist() for each in rates], dtype=float
        )

    def advance(self, step):
        dt, t = defaultclock.dt, step * defaultclock.dt
        state = {name: values.copy() for name, values in self.S.items()}
        if self.chosen == "linear":
            columns = np.array([*state.values(), np.ones(self.N)])
            new = dict(zip(state, np.einsum("nij,jn->in", self.matrices, columns)))
        elif self.chosen == "exponential_Euler":
            new = {}
            for name, x in state.items():
                a = self.rates({**state, name: np.zeros(self.N)}, t)[name]
                b = self.rates({**state, name: np.ones(self.N)}, t)[name] - a
                new[name] = x * np.exp(b * dt) + a * np.expm1(b * dt) / b
        else:
            if any("xi" in formula for formula in self.formulas.values()):
                self.names["xi"] = noise(self.N) / dt**0.5
            slope = self.rates(state, t)
            if self.chosen == "RK":
                slope = self.rates(
                    {name: x + 0.5 * dt * slope[name] for name, x in state.items()}, t + 0.5 * dt
                )
            new = {name: x + dt * slope[name] for name, x in state.items()}
        self.S.update(new)
        self.spikes = []
        if self.threshold is not None:
            above = self.value(self.threshold, self.S, t) > 0
            free = step - self.fired_at >= max(steps(self.refractory), 1)
            self.spikes = np.flatnonzero(above & free).tolist()

    def reset(self, step):
        for statement in re.split(r"[;\n]", self.resets or ""):
            if statement.strip() and self.spikes:
                name, sign, formula = re.match(r"\s*(\w+)\s*([+-]?)=(.*)", statement).groups()
                change = self.value(formula.strip(), self.S, step * defaultclock.dt)
                new = change if not sign else self.S[name] + (change if sign == "+" else -change)
                self.S[name][self.spikes] = new[self.spikes]
        self.fired_at[self.spikes] = step
        if self.held and self.refractory:
            clamped = step - self.fired_at <= steps(self.refractory)
            self.S[self.held][clamped] = eval(self.resets.split("=")[1].strip(), dict(self.names))


class Table(dict):
    """Numbers by (source, target), set with any indices."""

    def __init__(self, shape):
        self.shape = shape

    def __setitem__(self, index, values):
        i, j = (np.atleast_1d(np.arange(size)[each]) for size, each in zip(self.shape, index))
        values = np.broadcast_to(
            np.reshape(values, (len(i), len(j))) if np.ndim(values) else values, (len(i), len(j))
        )
        for (row, column), value in np.ndenumerate(values):
            dict.__setitem__(self, (int(i[row]), int(j[column])), float(value))


class Connection:
    def __init__(self, source, target, state=None, weight=None, delay=0.0):
        self.source, self.target, self.state = source, target, state or target.whole.main
        self.W, self.under_way = Table((len(source), len(target))), []
        self.delay = Table(self.W.shape) if delay is True else delay
        if weight is not None:
            self.connect_full(weight=weight)
        made.append(self)

    def __setitem__(self, index, weights):
        self.W[index] = weights

    def connect(self, source, target, W):
        i, j = source.first - self.source.first, target.first - self.target.first
        self.W[i : i + len(source), j : j + len(target)] = W

    def connect_full(self, source=None, target=None, weight=0.0):
        source, target = source or self.source, target or self.target
        self.connect(
            source,
            target,
            [
                [weight(i, j) if callable(weight) else weight for j in range(len(target))]
                for i in range(len(source))
            ],
        )

    def connect_one_to_one(self, source, target, weight):
        for k in range(len(source)):
            self.W[source.first - self.source.first + k, target.first - self.target.first + k] = (
                weight
            )

    def deliver(self, step):
        fired = [i - self.source.first for i in self.source.whole.spikes]
        for (i, j), w in self.W.items() if fired else ():
            if i in fired:
                delay = self.delay.get((i, j), 0.0) if isinstance(self.delay, Table) else self.delay
                self.under_way.append((step + steps(delay), j + self.target.first, w))
        for at, j, w in self.under_way:
            if at == step:
                self.target.whole.S[self.state][j] += w
        self.under_way = [each for each in self.under_way if each[0] > step]


class StateMonitor:
    def __init__(self, source, variable, record=True, timestep=1):
        self.source, self.variable, self.timestep = source, variable, timestep
        self.neurons = (
            list(range(len(source))) if record is True else np.atleast_1d(record).tolist()
        )
        self.times, self.data = [], []
        made.append(self)

    def record(self, step):
        if step % self.timestep == 0:
            group = self.source.whole
            values = (
                group.S[self.variable]
                if self.variable in group.S
                else group.value(group.statics[self.variable], group.S, step * defaultclock.dt)
            )
            self.times.append(step * defaultclock.dt)
            self.data.append([float(values[self.source.first + i]) for i in self.neurons])

    def __getitem__(self, neuron):
        return np.array(self.data)[:, self.neurons.index(neuron)]


class SpikeMonitor:
    def __init__(self, source):
        self.source, self.spikes = source, []
        made.append(self)

    def record(self, step):
        own = (i - self.source.first for i in self.source.whole.spikes)
        self.spikes += [(i, step * defaultclock.dt) for i in own if 0 <= i < len(self.source)]


def run(duration):
    groups = [each for each in made if isinstance(each, Group) and each.whole is each]
    for group in groups:
        group.prepare()
    for step in range(defaultclock.step, defaultclock.step + steps(duration)):
        for group in groups:
            group.advance(step)
        for connection in made:
            if isinstance(connection, Connection):
                connection.deliver(step)
        for group in groups:
            group.reset(step)
        for monitor in made:
            if isinstance(monitor, StateMonitor | SpikeMonitor):
                monitor.record(step)
    defaultclock.step += steps(duration)
