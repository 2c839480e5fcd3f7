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
S = Synapses(src, cell, model='w : 1', pre='V += w*mV')
S[0, 0] = 3
S[1, :] = True
S[2, 1] = 2
S.w = [4, -1, 2, 7, 8, 0.5, 0.25]
L = Log(6)
k = 0
for how in ['last', 'first', 'min', 'max', 'sum']:
    m = S.w.to_matrix(multiple_synapses=how)
    L.note(k*ms, where(isnan(m), 0, m).flatten())
    k += 1
L.note(k*ms, isnan(S.w.to_matrix()).flatten())
run(1*ms)
outputs = {'L': L}
