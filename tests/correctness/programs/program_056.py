from neurolab import *

defaultclock.dt = 0.05*ms
drive = 11.579*mV
g = 0.137
tau = 11.667*ms
tau_w = 31.275*ms
Vt = 4.013*mV
Vr = -0.74*mV
eqs = '''
      dV/dt = (-V-w+drive)/tau : volt
      dw/dt = (g*V-w)/tau_w : volt
      '''
spiketimes = [(3, 0.7*ms), (1, 6.5*ms), (2, 8.5*ms), (4, 2.8*ms), (0, 15.35*ms), (4, 2.25*ms), (0, 4.0*ms), (0, 17.1*ms), (3, 11.65*ms), (1, 2.15*ms), (3, 14.25*ms), (1, 12.45*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, 'V')
C1[4, 0] = 3.7101*mV
C2 = Connection(G1, G2, 'w', weight=2.9902*mV)
M_V = StateMonitor(G2, 'V', record=True, timestep=5)
M_w = StateMonitor(G2, 'w', record=True)
S = SpikeMonitor(G2)
run(20*ms)
outputs = {'M_V': M_V, 'M_w': M_w, 'S': S}
