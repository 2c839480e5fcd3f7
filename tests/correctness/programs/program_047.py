from neurolab import *

drive = 7.109*mV
g = 0.097
tau = 6.192*ms
tau_w = 51.682*ms
Vt = 8.442*mV
Vr = -1.156*mV
eqs = '''
      dV/dt = (-V-w+drive)/tau : volt
      dw/dt = (g*V-w)/tau_w : volt
      '''
spiketimes = [(1, 7.9*ms), (1, 2.9*ms), (0, 9.5*ms), (0, 1.0*ms), (1, 0.8*ms), (1, 7.4*ms), (1, 2.4*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(3, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, 'V', delay=0.4*ms)
C1[1, 1] = 0.6368*mV
C1[0, 1] = 4.5117*mV
C1[1, 2] = 3.149*mV
C1[0, 2] = 7.176*mV
C1[1, 0] = 0.6811*mV
C1[0, 0] = 6.7023*mV
C2 = Connection(G1, G2, 'w')
C2[1, 0] = 3.1291*mV
C2[0, 2] = 3.3679*mV
C2[1, 1] = -0.2642*mV
C2[1, 2] = 5.3766*mV
C2[0, 0] = 1.9955*mV
C2[0, 1] = 4.8796*mV
M_V = StateMonitor(G2, 'V', record=True)
M_w = StateMonitor(G2, 'w', record=True, timestep=2)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(10*ms)
outputs = {'M_V': M_V, 'M_w': M_w, 'S': S, 'S_in': S_in}
