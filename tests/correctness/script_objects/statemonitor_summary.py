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

G = NeuronGroup(3, model='''dV/dt = (I-V)/(4*ms) : volt
                            dw/dt = (V-w)/(9*ms) : volt
                            I : volt''', threshold='V > 6*mV', reset='V = 0*mV; w += 1*mV')
G.I = array([5, 8, 13])*mV

M = StateMonitor(G, 'V')
N = StateMonitor(G, 'V', timestep=5)
run(10*ms)
mean, var, std = Log(3), Log(3), Log(3)
mean.note(0, M.mean)
mean.note(1, N.mean)
var.note(0, M.var)
std.note(0, M.std)
outputs = {'mean': mean, 'var': var, 'std': std}
