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

src = SpikeGeneratorGroup(4, [])
cell = NeuronGroup(5, model='V : volt')
S = Synapses(src, cell, model='w : 1', pre='V += w*mV')
S[src[1:4], cell[2:5]] = 'i == j'
S[src[0:2], cell[3:5]] = 'j <= i'
S.w = 'i+10*j'
L = Log(len(S))
L.note(0, S.presynaptic[:])
L.note(1*ms, S.postsynaptic[:])
L.note(2*ms, S.w[:])
run(1*ms)
outputs = {'L': L}
