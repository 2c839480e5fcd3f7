"""Random programs of the tutorial's kind: `program(seed)` writes one, with what the recorded ones leave out as well."""

from random import Random

UNITS = {"I": "nA", "g": "1"}  # mV else
MODELS = {
    "decay": ("dVa/dt = -Va/tau_a : volt", "dVb/dt = -Vb/tau_b : volt"),
    "coupled": ("dVa/dt = (Vb - Va)/tau_a : volt", "dVb/dt = -(Vb + k*Va)/tau_b : volt"),
    "currents": (
        "dV/dt = (El - V + ge - gi)/tau_b : volt",
        "dge/dt = -ge/tau_a : volt",
        "dgi/dt = -gi/tau_c : volt",
    ),
    "adaptation": (
        "dV/dt = (total - V)/tau_a : volt",
        "dw/dt = (k*V - w)/tau_c : volt",
        "total = El - w : volt",
    ),
    "ohm": ("dV/dt = (R*I - V)/tau_b : volt", "dI/dt = -I/tau_a : amp"),
    "quadratic": ("dV/dt = (k*V*(V - Vc)/(200*mV) + El)/tau_b : volt",),
    "own drive": ("dV/dt = (drive - V)/tau_b : volt", "drive : volt"),
    "sine": ("dV/dt = (El*sin(t/tau_a) - V)/tau_b : volt",),
    "conductance": ("dV/dt = (g*(El - V) - V)/tau_b : volt", "dg/dt = -g/tau_a : 1"),
}
METHODS = {
    "quadratic": ("", "", ", order=2", ", method='RK'"),
    "conductance": ("", ", method='exponential_Euler'", ", order=2"),
    "sine": ("", ", method='RK'"),
    "decay": ("", "", ", method='Euler'"),
    "coupled": ("", "", ", method='exponential_Euler'"),
}


def program(seed):
    """A program as text, whose `outputs` are its monitors by name."""
    return Writer(Random(seed)).text()


class Writer:
    """Writes one program, line by line."""

    def __init__(self, random):
        self.random = random
        self.dt = random.choice((0.1, 0.1, 0.05, 0.2))
        self.kind = random.choice(list(MODELS))
        self.states = [line.split("/")[0][1:] for line in MODELS[self.kind] if "/dt" in line]
        self.main = "V" if "V" in self.states else self.states[0]
        self.inputs, self.neurons = random.randint(1, 5), random.randint(1, 5)
        self.lines = ["from neurolab import *"]

    def number(self, low, high):
        return round(self.random.uniform(low, high), 4)

    def time(self, longest):
        """A time on the grid of steps, away from the float errors of the original."""
        return round(self.random.randint(1, round(longest / self.dt)) * self.dt, 2)

    def text(self):
        out, random = self.lines.append, self.random
        if self.dt != 0.1:
            out(f"defaultclock.dt = {self.dt}*ms")
        out(
            f"tau_a, tau_b, tau_c = {self.number(0.5, 4)}*ms, {self.number(5, 25)}*ms, {self.number(8, 70)}*ms"
        )
        out(
            f"El, Vc, Vt, Vr = {self.number(0, 9)}*mV, {self.number(4, 8)}*mV, {self.number(3, 9)}*mV, {self.number(-2, 2)}*mV"
        )
        out(f"k, R = {self.number(0.01, 0.6)}, {self.number(20, 90)}*Mohm")
        self.sources()
        self.group()
        for number in range(random.randint(1, 3)):
            self.connection(number)
        self.monitors()
        for part in range(random.choice((1, 1, 2, 3))):
            if part and random.random() < 0.5:
                out(f"G.{self.main} = {self.number(-2, 6)}*mV")
            out(f"run({random.choice((4, 10, 15))}*ms)")
        out(f"outputs = {{{', '.join(f'{name!r}: {name}' for name in self.names)}}}")
        return "\n".join(self.lines) + "\n"

    def sources(self):
        random = self.random
        spikes = [
            (random.randrange(self.inputs), self.time(20)) for _ in range(random.randint(1, 12))
        ]
        listed = ", ".join(f"({i}, {t}*ms)" for i, t in spikes)
        indices, times = ([each[k] for each in spikes] for k in (0, 1))
        form = random.choice(
            (
                f"[{listed}]",
                f"[({list(range(self.inputs))}, {self.time(20)}*ms), {listed}]",
                f"lambda: [{listed}]",
                f"(array({indices}), array({times})*ms)",
            )
        )
        period = f", period={random.choice((4, 10))}*ms" if random.random() < 0.2 else ""
        self.lines.append(f"P = SpikeGeneratorGroup({self.inputs}, {form}{period})")

    def group(self):
        random, out = self.random, self.lines.append
        model = "\n".join(MODELS[self.kind])
        out(f"eqs = {random.choice(('', 'Equations'))}('''\n{model}\n''')")
        main, last = self.main, self.states[-1]
        firing = random.choice(
            (
                "",
                ", threshold=Vt, reset=Vr",
                f", threshold='{main} > Vt', reset='{main} = Vr'",
                f", threshold=Vt, reset=Vr, refractory={random.choice((1, 2, 5))}*ms",
                f", threshold='{main} > Vt', reset='{main} = Vr', refractory={random.choice((1, 2, 5))}*ms",
                f", threshold='{main} > Vt', reset='{main} = Vr; {last} += 0.1*{self.unit(last)}'",
                f", threshold='{main} > Vt', reset='{main} -= Vt'",
            )
        )
        method = random.choice(METHODS.get(self.kind, ("",)))
        out(
            f"G = NeuronGroup({random.choice(('', 'N='))}{self.neurons}, model=eqs{firing}{method})"
        )
        for state in [*self.states, "drive"] if self.kind == "own drive" else self.states:
            if state == "drive" or random.random() < 0.5:
                values = ", ".join(str(self.number(-2, 9)) for _ in range(self.neurons))
                out(
                    f"G.{state} = "
                    + random.choice((f"{self.number(-2, 5)}*", f"array([{values}])*"))
                    + self.unit(state)
                )

    def unit(self, state):
        return UNITS.get(state, "mV")

    def connection(self, number):
        random, name = self.random, f"C{number}"
        state = random.choice(self.states)
        recurrent = self.neurons > 2 and random.random() < 0.3
        source, rows = (
            (f"G[0:{self.neurons // 2}]", self.neurons // 2) if recurrent else ("P", self.inputs)
        )
        target, columns = (
            (f"G[{self.neurons // 2}:{self.neurons}]", self.neurons - self.neurons // 2)
            if recurrent
            else ("G", self.neurons)
        )
        unit = self.unit(state)
        delay = random.choice(("", "", f", delay={self.time(3)}*ms", ", delay=True"))
        out = self.lines.append
        how = random.choice(("entries", "matrix", "full", "function", "keyword", "slices"))
        if how == "keyword":
            out(
                f"{name} = Connection({source}, {target}, '{state}', weight={self.weight()}*{unit}{delay})"
            )
        else:
            out(f"{name} = Connection({source}, {target}, '{state}'{delay})")
        if how == "entries":
            for _ in range(random.randint(1, 6)):
                out(
                    f"{name}[{random.randrange(rows)}, {random.randrange(columns)}] = {self.weight()}*{unit}"
                )
        elif how == "matrix":
            matrix = [[self.weight() for _ in range(columns)] for _ in range(rows)]
            out(f"{name}.connect({source}, {target}, array({matrix})*{unit})")
        elif how == "full":
            out(f"{name}.connect_full({source}, {target}, weight={self.weight()}*{unit})")
        elif how == "function":
            out(
                f"{name}.connect_full({source}, {target}, weight=lambda i, j: {self.weight()}*(1 + cos(i - 2*j))*{unit})"
            )
        elif how == "slices":
            out(f"{name}[:, {random.randrange(columns)}] = {self.weight()}*{unit}")
            out(
                f"{name}[{random.randrange(rows)}, :] = array({[self.weight() for _ in range(columns)]})*{unit}"
            )
        if "True" in delay:
            out(f"{name}.delay[:, :] = {self.time(2)}*ms")
            out(
                f"{name}.delay[{random.randrange(rows)}, {random.randrange(columns)}] = {self.time(4)}*ms"
            )

    def weight(self):
        return self.number(-2, 7)

    def monitors(self):
        self.names = ["S", "S_in"]
        for state in self.states + ["total"] * (self.kind == "adaptation"):
            record = self.random.choice(("True", "0", f"[{self.neurons - 1}]"))
            timestep = self.random.choice(("", "", ", timestep=2", ", timestep=5"))
            self.lines.append(f"M_{state} = StateMonitor(G, '{state}', record={record}{timestep})")
            self.names.append(f"M_{state}")
        self.lines += ["S, S_in = SpikeMonitor(G), SpikeMonitor(P)"]
