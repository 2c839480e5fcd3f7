from neurolab import *

defaultclock.dt = 0.05*ms
drive = 11.657*mV
g = 0.149
tau = 11.333*ms
tau_w = 44.958*ms
Vt = 5.153*mV
Vr = -1.436*mV
eqs = Equations('''
      dV/dt = (-V-w+drive)/tau : volt
      dw/dt = (g*V-w)/tau_w : volt
      ''')
spiketimes = [(1, 25.2*ms), (0, 27.3*ms), (1, 30.45*ms), (0, 5.5*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, 'V')
C1.connect_full(G1, G2, weight=lambda i, j: (1+cos(i-j))*2.2648*mV)
M_V = StateMonitor(G2, 'V', record=True, timestep=2)
M_w = StateMonitor(G2, 'w', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(40*ms)
outputs = {'M_V': M_V, 'M_w': M_w, 'S': S, 'S_in': S_in}
