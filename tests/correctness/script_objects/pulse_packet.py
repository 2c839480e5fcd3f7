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

packet = PulsePacket(t=4*ms, n=5, sigma=0*ms)
G = NeuronGroup(2, model='dV/dt = -V/(5*ms) : volt')
C = Connection(packet, G, 'V')
C.connect_full(packet, G, weight=lambda i, j: (1+j)*mV)
M = StateMonitor(G, 'V', record=True)
count = Log(1)

@network_operation
def watch():
    count.note(defaultclock.t, [len(packet.get_spikes(0))])

run(9*ms)
outputs = {'M': M, 'count': count}
