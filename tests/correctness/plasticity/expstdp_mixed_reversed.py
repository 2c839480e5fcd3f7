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

pre = SpikeGeneratorGroup(1, [(0, 5*ms), (0, 30*ms), (0, 60*ms), (0, 62*ms), (0, 64*ms), (0, 100*ms), (0, 130*ms)])
drive = SpikeGeneratorGroup(1, [(0, 10*ms), (0, 24*ms), (0, 50*ms), (0, 70*ms), (0, 72*ms), (0, 74*ms), (0, 99*ms), (0, 120*ms)])
cell = NeuronGroup(1, model='dV/dt = -V/(5*ms) : volt', threshold=10*mV, reset=0*mV)
force = Connection(drive, cell, 'V', weight=20*mV)
C = Connection(pre, cell, 'V', weight=1*mV)
rule = ExponentialSTDP(C, taup=12*ms, taum=18*ms, Ap=-0.15, Am=0.1, wmax=2*mV, update='mixed')
w = Log(1)

@network_operation
def watch():
    w.note(defaultclock.t, [C[0, 0]])

run(150*ms)
outputs = {'w': w}
