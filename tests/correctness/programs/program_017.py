from neurolab import *

tau_a = 1.918*ms
tau_b = 8.004*ms
Vt = 6.837*mV
Vr = -0.676*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(4, 7.4*ms), (0, 5.7*ms), (2, 6.1*ms), (2, 1.8*ms), (4, 0.5*ms), (3, 8.3*ms), (2, 9.5*ms), (3, 4.1*ms), (3, 3.3*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold='Va>Vt', reset='Va=Vr')
C1 = Connection(G1, G2, 'Vb')
C1[4, 0] = 4.676*mV
C1[0, 0] = 0.196*mV
C1[3, 0] = 3.7524*mV
C1[2, 0] = 2.6586*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
