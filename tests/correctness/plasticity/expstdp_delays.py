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

pre = SpikeGeneratorGroup(3, [(0, 5*ms), (1, 5*ms), (2, 5*ms), (0, 25*ms), (1, 25*ms), (2, 25*ms), (0, 41*ms), (1, 42*ms), (2, 43*ms)])
drive = SpikeGeneratorGroup(1, [(0, 9*ms), (0, 28*ms), (0, 60*ms)])
cell = NeuronGroup(1, model='''dV/dt = -V/(5*ms) : volt
                               x : volt''', threshold=10*mV, reset='V = 0*mV')
force = Connection(drive, cell, 'V', weight=20*mV)
C = Connection(pre, cell, 'x', delay=True, max_delay=6*ms)
C[0, 0] = 1*mV
C[1, 0] = 1*mV
C[2, 0] = 1*mV
C.delay[0, 0] = 1*ms
C.delay[1, 0] = 3*ms
C.delay[2, 0] = 5.5*ms
rule = ExponentialSTDP(C, taup=12*ms, taum=18*ms, Ap=0.1, Am=-0.12, wmax=2*mV)
w = Log(3)

@network_operation
def watch():
    w.note(defaultclock.t, [C[0, 0], C[1, 0], C[2, 0]])

M = StateMonitor(cell, 'x', record=True)
run(80*ms)
outputs = {'w': w, 'M': M}
