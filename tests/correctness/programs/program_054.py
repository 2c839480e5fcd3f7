from neurolab import *

tau_a = 2.268*ms
tau_b = 22.707*ms
Vt = 11.536*mV
Vr = 1.289*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(0, 7.1*ms), (3, 9.7*ms), (2, 7.3*ms), (3, 8.6*ms), (3, 2.4*ms), (3, 8.9*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes, period=10.0*ms)
G2 = NeuronGroup(5, model=eqs, threshold=Vt, reset=Vr, refractory=3*ms)
G2.Vb = array([-0.7238, 2.1255, -0.5139, 0.1648, 2.7351])*mV
C1 = Connection(G1, G2, 'Vb')
C1.connect(G1, G2, array([[2.8957, 6.8829, 6.8742, 4.6661, -0.8795], [4.1074, 4.3864, 1.6222, -0.3349, 3.2404], [4.7441, 6.9451, 0.1455, 2.9845, -0.2171], [5.2539, -0.5598, 4.4432, 1.3305, 4.05]])*mV)
C2 = Connection(G2[0:2], G2[2:5], 'Vb')
C2[0, 0] = 3.8564*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S, 'S_in': S_in}
