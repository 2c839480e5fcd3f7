from neurolab import *

defaultclock.dt = 0.05*ms
k = 0.685
tau_a = 1.147*ms
tau_b = 19.129*ms
Vt = 6.528*mV
Vr = 1.918*mV
eqs = Equations('''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      ''')
spiketimes = [(0, 7.8*ms), (0, 13.95*ms), (0, 16.5*ms), (0, 14.95*ms), (0, 12.2*ms), (0, 9.7*ms), (0, 10.85*ms), (0, 15.95*ms), (0, 18.2*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=2, model=eqs, threshold=Vt, reset=Vr)
G2.Va = array([2.0183, -0.0951])*mV
C1 = Connection(G1, G2, 'Va', weight=4.3584*mV, delay=1.0*ms)
M_Va = StateMonitor(G2, 'Va', record=[0])
M_Vb = StateMonitor(G2, 'Vb', record=True, timestep=2)
S = SpikeMonitor(G2)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
