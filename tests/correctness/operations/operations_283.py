from neurolab import *

class Log(object):
    """Numbers that the program notes itself, whenever they change; read like a StateMonitor."""
    def __init__(self, n):
        self.P, self.times, self.rows = range(n), [], []
    def note(self, t, row):
        row = [float(x) for x in row]
        if not self.rows or row != self.rows[-1]:
            self.times.append(float(t))
            self.rows.append(row)
    def __getitem__(self, i):
        return [row[i] for row in self.rows]

G = NeuronGroup(4, model='''dV/dt = (I-V)/(4*ms) : volt
                            I : volt''', threshold=6*mV, reset=0*mV)
G.I = array([7, 8, 11, 20])*mV
R = PopulationRateMonitor(G, bin=2*ms)
seen = Log(3)

@network_operation
def watch():
    seen.note(defaultclock.t, [len(R.rate), R.times[-1], R.rate[-1]])

run(15*ms)
outputs = {'seen': seen}
