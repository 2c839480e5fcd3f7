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

G = NeuronGroup(2, model='''dV/dt = (I-V)/(4*ms) : volt
                            I : volt''', threshold=6*mV, reset=0*mV)
G.I = array([8, 13])*mV
H = NeuronGroup(2, model='dx/dt = -x/(3*ms) : volt')
seen = Log(1)

def kick(spikes):
    if len(spikes):
        H.x[spikes] += 2*mV
        seen.note(G.clock.t, [G.V[spikes[0]]])

S = SpikeMonitor(G, function=kick)
M = StateMonitor(H, 'x', record=True)
run(10*ms)
outputs = {'M': M, 'seen': seen}
