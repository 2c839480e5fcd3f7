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

pre = SpikeGeneratorGroup(1, [(0, 5*ms), (0, 20*ms), (0, 40*ms)])
drive = SpikeGeneratorGroup(1, [(0, 30*ms), (0, 44*ms)])
cell = NeuronGroup(1, model='dV/dt = -V/(5*ms) : volt', threshold=10*mV, reset=0*mV)
force = Connection(drive, cell, 'V', weight=20*mV)
C = Connection(pre, cell, 'V', weight=-1*mV)
rule = STDP(C, eqs='''
    dp/dt = -p/(10*ms) : 1
    dq/dt = -q/(16*ms) : 1
    ''', pre='p += 1; w -= 0.1*mV*q', post='q += 1; w += 0.1*mV*p', wmax=2*mV)
w = Log(1)

@network_operation
def watch():
    w.note(defaultclock.t, [C[0, 0]])

run(60*ms)
outputs = {'w': w}
