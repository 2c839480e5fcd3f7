from neurolab import *

defaultclock.dt = 0.2*ms
tau_a = 0.576*ms
tau_b = 11.758*ms
Vt = 11.572*mV
Vr = -0.76*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(0, 6.8*ms), (1, 12.6*ms), (1, 14.0*ms), (2, 7.2*ms), (2, 8.0*ms), (2, 16.4*ms), (2, 19.0*ms), (0, 7.6*ms), (2, 11.0*ms), (0, 16.4*ms), (2, 5.4*ms), (0, 2.4*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr, refractory=2*ms)
C1 = Connection(G1, G2, 'Vb')
C1.connect(G1, G2, array([[-0.4704], [1.6084], [0.384]])*mV)
C2 = Connection(G1, G2, 'Va', delay=0.4*ms)
C2[2, 0] = 7.528*mV
C2[0, 0] = 5.6321*mV
C2[1, 0] = 1.6222*mV
M_Va = StateMonitor(G2, 'Va', record=[0])
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(10*ms)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S, 'S_in': S_in}
