from neurolab import *

defaultclock.dt = 0.05*ms
R = 93.133*Mohm
tau = 19.697*ms
tau_s = 1.868*ms
Vt = 4.571*mV
Vr = 1.816*mV
eqs = Equations('''
      dV/dt = (R*I - V)/tau : volt
      dI/dt = -I/tau_s : amp
      ''')
spiketimes = [(4, 15.2*ms), (3, 16.45*ms), (3, 17.0*ms), (0, 14.35*ms), (4, 12.95*ms), (0, 6.4*ms), (0, 5.05*ms), (0, 6.8*ms), (0, 2.4*ms), (4, 1.6*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold='V>Vt', reset='V=Vr')
C1 = Connection(G1, G2, 'I', delay=0.4*ms)
C1.connect(G1, G2, array([[-0.1417], [0.2382], [0.3411], [0.2826], [-0.074]])*nA)
C2 = Connection(G1, G2, 'V', delay=2.2*ms)
C2.connect(G1, G2, array([[-2.3321], [0.721], [-0.4333], [0.8412], [-2.093]])*mV)
M_V = StateMonitor(G2, 'V', record=[0])
M_I = StateMonitor(G2, 'I', record=True, timestep=5)
S = SpikeMonitor(G2)
run(10*ms)
run(10*ms)
outputs = {'M_V': M_V, 'M_I': M_I, 'S': S}
