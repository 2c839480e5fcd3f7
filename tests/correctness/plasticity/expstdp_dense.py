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

pre = SpikeGeneratorGroup(3, [(0, 5*ms), (1, 9*ms), (2, 13*ms), (1, 30*ms), (0, 44*ms), (2, 45*ms)])
drive = SpikeGeneratorGroup(2, [(0, 7*ms), (1, 11*ms), (0, 26*ms), (1, 35*ms), (0, 60*ms)])
cell = NeuronGroup(2, model='dV/dt = -V/(5*ms) : volt', threshold=10*mV, reset=0*mV)
force = Connection(drive, cell, 'V')
force.connect_one_to_one(drive, cell, weight=20*mV)
C = Connection(pre, cell, 'V', structure='dense')
C[0, 0] = 1*mV
C[1, 0] = 0.8*mV
C[1, 1] = 0.5*mV
C[2, 1] = 0.3*mV
rule = ExponentialSTDP(C, taup=12*ms, taum=18*ms, Ap=0.1, Am=-0.12, wmax=2*mV)
w = Log(6)

@network_operation
def watch():
    w.note(defaultclock.t, [C[i, j] for i in range(3) for j in range(2)])

run(80*ms)
outputs = {'w': w}
