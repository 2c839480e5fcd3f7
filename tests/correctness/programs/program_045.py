from neurolab import *

defaultclock.dt = 0.05*ms
k = 0.72
tau_a = 5.95*ms
tau_b = 10.361*ms
Vt = 11.549*mV
Vr = -0.256*mV
eqs = '''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      '''
spiketimes = [(0, 3.8*ms), (0, 9.65*ms), (0, 7.2*ms), (0, 1.6*ms), (0, 9.35*ms), (0, 7.25*ms), (0, 0.15*ms), (0, 7.0*ms), (0, 1.2*ms), (0, 0.7*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(2, model=eqs, threshold=Vt, reset=Vr)
G2.Vb = -0.8475*mV
G2.Va = 0.8019*mV
C1 = Connection(G1, G2, 'Vb')
C1.connect(G1, G2, array([[5.0473, 2.6188]])*mV)
M_Va = StateMonitor(G2, 'Va', record=[0], timestep=5)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
