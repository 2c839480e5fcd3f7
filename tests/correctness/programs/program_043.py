from neurolab import *

defaultclock.dt = 0.2*ms
tau_a = 1.51*ms
tau_b = 6.077*ms
Vt = 7.923*mV
Vr = 1.249*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(2, 9.2*ms), (0, 3.0*ms), (2, 5.6*ms), (2, 3.6*ms), (2, 1.4*ms), (1, 8.8*ms), (2, 4.0*ms), (0, 0.4*ms), (1, 5.8*ms), (2, 0.6*ms), (1, 9.4*ms), (2, 6.2*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr, refractory=1*ms)
G2.Va = 0.6872*mV
G2.Vb = 1.6472*mV
C1 = Connection(G1, G2, 'Vb')
C1.connect(G1, G2, array([[-2.5435], [6.7187], [4.3845]])*mV)
C2 = Connection(G1, G2, 'Va')
C2[1, 0] = -0.9475*mV
C2[2, 0] = 2.7825*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
