from neurolab import *

defaultclock.dt = 0.2*ms
tau_a = 3.133*ms
tau_b = 6.573*ms
Vt = 10.886*mV
Vr = 1.629*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(0, 12.2*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(1, model=eqs)
C1 = Connection(G1, G2, 'Va', delay=1.0*ms)
C1[0, 0] = 0.095*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
run(10*ms)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb}
