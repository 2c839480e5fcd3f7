from neurolab import *

defaultclock.dt = 0.05*ms
tau_a = 0.528*ms
tau_b = 19.161*ms
Vt = 10.068*mV
Vr = -1.263*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(1, 5.5*ms), (1, 7.25*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold='Va>Vt', reset='Va=Vr')
C1 = Connection(G1, G2, 'Va')
C1.connect_full(G1, G2, weight=lambda i, j: (1+cos(i-j))*1.3198*mV)
C2 = Connection(G1, G2, 'Vb')
C2[1, 0] = 2.2898*mV
C2[3, 0] = 3.5052*mV
C2[0, 0] = 4.897*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True, timestep=2)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
