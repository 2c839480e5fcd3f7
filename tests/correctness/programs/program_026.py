from neurolab import *

drive = 1.856*mV
g = 0.059
tau = 6.785*ms
tau_w = 44.814*ms
Vt = 3.157*mV
Vr = 1.678*mV
eqs = '''
      dV/dt = (-V-w+drive)/tau : volt
      dw/dt = (g*V-w)/tau_w : volt
      '''
spiketimes = [(0, 3.9*ms), (0, 10.1*ms), (0, 30.3*ms), (0, 11.4*ms), (0, 27.7*ms), (0, 17.6*ms), (0, 13.1*ms), (0, 36.5*ms), (0, 32.0*ms), (0, 25.9*ms), (0, 10.7*ms), (0, 17.5*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(1, model=eqs)
G2.w = 2.5027*mV
C1 = Connection(G1, G2, 'V', weight=1.7374*mV)
M_V = StateMonitor(G2, 'V', record=True)
M_w = StateMonitor(G2, 'w', record=True)
run(40*ms)
outputs = {'M_V': M_V, 'M_w': M_w}
