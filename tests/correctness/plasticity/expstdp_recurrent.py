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

drive = SpikeGeneratorGroup(3, [(0, 5*ms), (1, 8*ms), (2, 8*ms), (0, 20*ms), (1, 20*ms), (2, 20*ms), (1, 33*ms), (0, 37*ms), (2, 37*ms)])
cell = NeuronGroup(3, model='dV/dt = -V/(5*ms) : volt', threshold=10*mV, reset=0*mV)
force = Connection(drive, cell, 'V')
force.connect_one_to_one(drive, cell, weight=20*mV)
C = Connection(cell, cell, 'V')
for i, j, value in [(0, 1, 1.0), (1, 2, 0.8), (2, 0, 0.6), (0, 2, 0.4), (1, 0, 0.7)]:
    C[i, j] = value*mV
rule = ExponentialSTDP(C, taup=12*ms, taum=18*ms, Ap=0.1, Am=-0.12, wmax=2*mV)
w = Log(5)

@network_operation
def watch():
    w.note(defaultclock.t, [C[0, 1], C[1, 2], C[2, 0], C[0, 2], C[1, 0]])

S = SpikeMonitor(cell)
run(50*ms)
outputs = {'w': w, 'S': S}
