from neurolab import *

drive = 1.818*mV
g = 0.351
tau = 7.738*ms
tau_w = 60.378*ms
Vt = 5.98*mV
Vr = 0.444*mV
eqs = '''
      dV/dt = (-V-w+drive)/tau : volt
      dw/dt = (g*V-w)/tau_w : volt
      '''
spiketimes = [(1, 7.8*ms), (0, 13.1*ms), (1, 12.3*ms), (0, 3.6*ms), (0, 11.0*ms), (0, 13.8*ms), (0, 3.8*ms), (1, 0.3*ms), (1, 10.1*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, 'w')
C1.connect(G1, G2, array([[5.864], [6.3922]])*mV)
M_V = StateMonitor(G2, 'V', record=True)
M_w = StateMonitor(G2, 'w', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(20*ms)
outputs = {'M_V': M_V, 'M_w': M_w, 'S': S, 'S_in': S_in}
