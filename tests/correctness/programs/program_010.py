from neurolab import *

tau_a = 2.964*ms
tau_b = 18.374*ms
Vt = 5.717*mV
Vr = 1.305*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(0, 6.5*ms), (0, 1.8*ms), (0, 1.9*ms), (0, 5.6*ms), (0, 2.4*ms), (0, 6.0*ms), (0, 3.1*ms), (0, 3.4*ms), (0, 7.2*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=3, model=eqs)
G2.Va = array([-0.3023, 1.3196, 0.518])*mV
G2.Vb = 2.6978*mV
C1 = Connection(G1, G2, 'Vb', weight=2.534*mV)
C2 = Connection(G1, G2, 'Va')
C2[0, 0] = 0.4696*mV
C2[0, 2] = 5.0778*mV
C2[0, 1] = 3.3677*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True, timestep=2)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb}
