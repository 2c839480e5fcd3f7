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

pre = SpikeGeneratorGroup(1, [(0, 5*ms), (0, 15*ms), (0, 25*ms), (0, 35*ms), (0, 62*ms), (0, 72*ms), (0, 82*ms), (0, 92*ms), (0, 111*ms)])
drive = SpikeGeneratorGroup(1, [(0, 7*ms), (0, 17*ms), (0, 27*ms), (0, 37*ms), (0, 60*ms), (0, 70*ms), (0, 80*ms), (0, 90*ms), (0, 114*ms)])
cell = NeuronGroup(1, model='dV/dt = -V/(5*ms) : volt', threshold=10*mV, reset=0*mV)
force = Connection(drive, cell, 'V', weight=20*mV)
C = Connection(pre, cell, 'V', weight=1*mV)
rule = ExponentialSTDP(C, taup=12*ms, taum=18*ms, Ap=0.5, Am=-0.6, wmax=1.5*mV)
w = Log(1)

@network_operation
def watch():
    w.note(defaultclock.t, [C[0, 0]])

run(150*ms)
outputs = {'w': w}
