from neurolab import *

drive = 1.043*mV
g = 0.199
tau = 8.312*ms
tau_w = 67.959*ms
Vt = 9.529*mV
Vr = 1.123*mV
eqs = Equations('''
      dV/dt = (-V-w+drive)/tau : volt
      dw/dt = (g*V-w)/tau_w : volt
      ''')
spiketimes = [(0, 36.2*ms), (1, 1.1*ms), (2, 30.4*ms), (1, 22.0*ms), (2, 7.6*ms), (2, 25.2*ms), (1, 35.2*ms), (2, 3.1*ms), (1, 24.5*ms), (1, 8.7*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(N=2, model=eqs, threshold=Vt, reset=Vr)
G2.w = array([1.7157, 1.311])*mV
G2.V = 2.8391*mV
C1 = Connection(G1, G2, 'w', delay=1.0*ms)
C1.connect_full(G1, G2, weight=2.5031*mV)
C2 = Connection(G1, G2, 'V')
C2.connect(G1, G2, array([[-1.3044, 4.8711], [3.1512, 2.9166], [2.2948, 4.6708]])*mV)
M_V = StateMonitor(G2, 'V', record=True, timestep=2)
M_w = StateMonitor(G2, 'w', record=[0])
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_V': M_V, 'M_w': M_w, 'S': S}
