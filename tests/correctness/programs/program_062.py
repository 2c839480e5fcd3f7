from neurolab import *

defaultclock.dt = 0.2*ms
k = -0.269
tau_a = 2.276*ms
tau_b = 16.919*ms
Vt = 11.916*mV
Vr = 1.649*mV
eqs = '''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      '''
spiketimes = [(3, 7.6*ms), (1, 6.8*ms), (2, 8.6*ms), (2, 1.0*ms), (1, 0.4*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold='Va>Vt', reset='Va=Vr')
C1 = Connection(G1, G2, 'Vb')
C1.connect(G1, G2, array([[0.2895], [-2.3873], [0.7416], [-2.8392], [-0.9107]])*mV)
C2 = Connection(G1, G2, 'Va')
C2[4, 0] = 0.8835*mV
C2[1, 0] = -1.5258*mV
C2[0, 0] = -1.778*mV
M_Va = StateMonitor(G2, 'Va', record=True, timestep=2)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(5*ms)
run(5*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
