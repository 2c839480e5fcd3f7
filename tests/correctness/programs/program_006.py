from neurolab import *

defaultclock.dt = 0.2*ms
tau_a = 0.824*ms
tau_b = 20.201*ms
Vt = 5.993*mV
Vr = 1.586*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(1, 15.8*ms), (3, 0.4*ms), (3, 15.4*ms), (1, 18.8*ms), (2, 18.6*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(N=3, model=eqs, threshold=Vt, reset=Vr, refractory=1*ms)
G2.Vb = array([-0.973, 2.9288, -0.8459])*mV
C1 = Connection(G1, G2, 'Vb', delay=1.0*ms)
C1.connect(G1, G2, array([[5.1531, 5.7611, -0.1611], [1.4756, 0.6295, 4.9558], [-0.558, 4.2615, 1.8502], [2.3, -1.0932, 6.745]])*mV)
C2 = Connection(G1, G2, 'Va')
C2[2, 1] = 7.8671*mV
C2[1, 0] = -2.7162*mV
C2[3, 2] = -1.1116*mV
C2[3, 0] = 1.3763*mV
C3 = Connection(G2, G2, 'Vb')
C3[0, 1] = 5.9195*mV
M_Va = StateMonitor(G2, 'Va', record=[0])
M_Vb = StateMonitor(G2, 'Vb', record=[0])
S = SpikeMonitor(G2)
run(10*ms)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
