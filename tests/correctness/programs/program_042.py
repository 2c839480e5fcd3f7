from neurolab import *

defaultclock.dt = 0.2*ms
R = 117.763*Mohm
tau = 5.459*ms
tau_s = 5.772*ms
Vt = 6.386*mV
Vr = 0.309*mV
eqs = Equations('''
      dV/dt = (R*I - V)/tau : volt
      dI/dt = -I/tau_s : amp
      ''')
spiketimes = [(0, 25.6*ms), (1, 26.2*ms), (1, 35.6*ms), (0, 28.4*ms), (1, 13.4*ms), (1, 30.8*ms), (0, 34.0*ms), (0, 6.4*ms), (1, 21.0*ms), (1, 17.2*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr)
G2.V = -0.3448*mV
G2.I = 0.0571*nA
C1 = Connection(G1, G2, 'V')
C1[1, 0] = -2.0765*mV
M_V = StateMonitor(G2, 'V', record=True)
M_I = StateMonitor(G2, 'I', record=True)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_V': M_V, 'M_I': M_I, 'S': S}
