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

src = SpikeGeneratorGroup(3, [])
cell = NeuronGroup(2, model='V : volt')
S = Synapses(src, cell, model='''w : 1
                                 k : 1''', pre='V += w*mV')
S[:, :] = True
S.w = [1, 2, 3, 4, 5, 6]
L = Log(6)
L.note(0, S.w[:])
L.note(1*ms, S.w[:, :])
S.k[:, :] = [10, 20, 30, 40, 50, 60]
L.note(2*ms, S.k[:])
S.w[1, :] *= 10
S.w[:, 0] += 0.5
S.w[:] -= 0.25
L.note(3*ms, S.w[:])
L.note(4*ms, [S.w[0, 1][0], S.w[1], S.w[2, :][0], S.w[2, :][1], S.w[:, 1][1], len(S.w[0, 1])])
run(1*ms)
outputs = {'L': L}
