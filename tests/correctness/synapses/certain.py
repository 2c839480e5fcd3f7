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

src = SpikeGeneratorGroup(3, [(0, 1*ms), (1, 3*ms), (2, 5*ms)])
cell = NeuronGroup(3, model='V : volt')
S = Synapses(src, cell, model='w : volt', pre='V += w')
S[0, :] = 1.0
S[1, :] = 0.0
S.connect_random(2, cell, sparseness=1.0)
S.w = '(1+i+10*j)*mV'
V = StateMonitor(cell, 'V', record=True)
L = Log(1)
L.note(0, [len(S)])
run(10*ms)
outputs = {'V': V, 'L': L}
