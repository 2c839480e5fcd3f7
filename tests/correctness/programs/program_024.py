from neurolab import *

defaultclock.dt = 0.05*ms
El = 6.419*mV
tau = 19.976*ms
Vt = 10.297*mV
Vr = -1.276*mV
eqs = Equations('''
      dV/dt = -(V-El)/tau : volt
      ''')
spiketimes = [(0, 0.05*ms), (2, 7.2*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(2, model=eqs, threshold='V>Vt', reset='V=Vr')
C1 = Connection(G1, G2, 'V', delay=0.4*ms)
C1.connect(G1, G2, array([[1.0343, 1.1284], [6.1941, 2.6018], [1.0698, 3.7175], [4.5502, -0.0731]])*mV)
M_V = StateMonitor(G2, 'V', record=True, timestep=5)
S = SpikeMonitor(G2)
run(5*ms)
run(5*ms)
outputs = {'M_V': M_V, 'S': S}
