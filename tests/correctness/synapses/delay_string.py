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

src = SpikeGeneratorGroup(3, [(0, 1*ms), (1, 3*ms), (2, 5*ms), (0, 8*ms), (1, 9.2*ms)])
cell = NeuronGroup(3, model='dV/dt = -V/(6*ms) : volt')
S = Synapses(src, cell, model='w : volt', pre='V += w')
S[:, :] = True
S.w = '(1+i)*mV'
S.delay = '(0.5*i+1.5*j)*ms'
S.delay[2, :] = array([1, 2, 4])*ms
V = StateMonitor(cell, 'V', record=True)
L = Log(9)
L.note(0, S.delay[:])
run(20*ms)
outputs = {'V': V, 'L': L}
