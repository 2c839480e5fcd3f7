from neurolab import *

R = 115.037*Mohm
tau = 17.534*ms
tau_s = 4.647*ms
Vt = 8.656*mV
Vr = 0.224*mV
eqs = Equations('''
      dV/dt = (R*I - V)/tau : volt
      dI/dt = -I/tau_s : amp
      ''')
spiketimes = [(0, 9.2*ms), (0, 7.5*ms), (0, 3.8*ms), (0, 1.6*ms), (0, 4.6*ms), (0, 1.5*ms), (0, 6.0*ms), (0, 5.0*ms), (0, 7.8*ms), (0, 6.9*ms), (0, 8.9*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, 'I')
C1.connect(G1, G2, array([[-0.165]])*nA)
C2 = Connection(G1, G2, 'V')
C2[0, 0] = 1.9657*mV
M_V = StateMonitor(G2, 'V', record=[0])
M_I = StateMonitor(G2, 'I', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(10*ms)
outputs = {'M_V': M_V, 'M_I': M_I, 'S': S, 'S_in': S_in}
