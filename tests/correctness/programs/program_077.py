from neurolab import *

defaultclock.dt = 0.2*ms
El = 4.297*mV
tau = 11.799*ms
Vt = 8.918*mV
Vr = -0.487*mV
eqs = '''
      dV/dt = -(V-El)/tau : volt
      '''
spiketimes = [(2, 15.6*ms), (0, 4.4*ms), (2, 3.8*ms), (1, 14.6*ms), (2, 1.6*ms), (3, 0.6*ms), (2, 13.0*ms), (2, 2.2*ms), (3, 3.2*ms), (3, 1.2*ms), (0, 17.6*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(N=5, model=eqs, threshold=Vt, reset=Vr)
G2.V = -0.5518*mV
C1 = Connection(G1, G2, 'V')
C1.connect(G1, G2, array([[6.4008, 2.1031, 2.2394, 1.3892, 2.0972], [1.7101, 1.4088, 6.9338, -2.4163, 0.7256], [0.1357, -1.2433, 2.4402, 6.7915, 3.6679], [-1.1296, 4.6067, 1.5279, 0.5138, 0.4103]])*mV)
M_V = StateMonitor(G2, 'V', record=[0], timestep=2)
S = SpikeMonitor(G2)
run(20*ms)
outputs = {'M_V': M_V, 'S': S}
