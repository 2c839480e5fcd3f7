from neurolab import *

defaultclock.dt = 0.05*ms
Vc = 5.702*mV
a = 0.034
tau = 14.245*ms
u0 = -0.233*mV
Vt = 11.783*mV
Vr = 1.091*mV
eqs = Equations('''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      ''')
spiketimes = [(3, 9.7*ms), (0, 10.8*ms), (3, 10.55*ms), (2, 15.75*ms), (0, 4.5*ms), (0, 6.55*ms), (2, 8.7*ms), (3, 14.5*ms), (1, 11.0*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold='V>Vt', reset='V=Vr')
G2.V = -0.2506*mV
C1 = Connection(G1, G2, 'V', weight=2.9929*mV)
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
run(20*ms)
outputs = {'M_V': M_V, 'S': S}
