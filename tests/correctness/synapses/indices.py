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

src = SpikeGeneratorGroup(5, [])
cell = NeuronGroup(4, model='V : volt')
S = Synapses(src, cell, model='''w : 1
                                 k : 1''', pre='V += w*mV')
S[0, 1] = True
S[1:3, 2:4] = True
S[array([3, 4]), 0] = True
S[src[3:5], cell[1:3]] = True
S.w = arange(len(S))+1.0
S.w[1, :] = 50
S.w[:, 0] = [60, 61]
S.w[src[3:5], cell[1:3]] = 70
S.w[4, 2] = 80
S.k = 'i+0.1*j'
S.k[:, 2] = 'k+100*w'
S.k[0] = -1
L = Log(len(S))
L.note(0, S.presynaptic[:])
L.note(1*ms, S.postsynaptic[:])
L.note(2*ms, S.w[:])
L.note(3*ms, S.k[:])
run(1*ms)
outputs = {'L': L}
