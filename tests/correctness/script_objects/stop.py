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

G = NeuronGroup(1, model='dV/dt = (9*mV-V)/(4*ms) : volt', threshold=8*mV, reset=0*mV)
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
ends = Log(1)

@network_operation(when='start')
def halt():
    if len(S.spikes) == 2:
        stop()

run(50*ms)
ends.note(defaultclock.t, [len(M[0])])
S.reinit()
run(3*ms)
ends.note(defaultclock.t, [len(M[0])])
outputs = {'M': M, 'S': S, 'ends': ends}
