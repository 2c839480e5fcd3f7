from neurolab import *

tau_a = 2.592*ms
tau_b = 17.917*ms
Vt = 5.296*mV
Vr = 1.219*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(2, 3.3*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(5, model=eqs, threshold=Vt, reset=Vr, refractory=1*ms)
C1 = Connection(G1, G2, 'Va', weight=2.5821*mV)
C2 = Connection(G1, G2, 'Vb')
C2[0, 3] = 1.6795*mV
C2[2, 0] = -1.8365*mV
C2[1, 3] = 3.0915*mV
C2[0, 0] = 2.4428*mV
C2[0, 2] = 3.9022*mV
C2[2, 1] = 2.7279*mV
C2[2, 4] = 2.2122*mV
C2[0, 1] = -0.9847*mV
C2[1, 2] = 3.0106*mV
C2[2, 3] = 3.8634*mV
C2[1, 0] = 3.7496*mV
C2[0, 4] = 3.1104*mV
C2[1, 4] = 2.1157*mV
C2[2, 2] = 6.6623*mV
C3 = Connection(G2, G2, 'Vb', delay=0.5*ms)
C3[0, 1] = -3.6275*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True, timestep=5)
S = SpikeMonitor(G2)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
