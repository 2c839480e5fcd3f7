from neurolab import *

G = NeuronGroup(1, model='''dV/dt = (I-V)/(3*ms) : volt
                            I : volt''')
setter = TimedArraySetter(G, 'I', array([0.3*(k % 11) for k in range(100)])*mV, when='after_resets')
M = StateMonitor(G, 'V', record=True)
X = StateMonitor(G, 'I', record=True)
run(8*ms)
outputs = {'M': M, 'X': X}
