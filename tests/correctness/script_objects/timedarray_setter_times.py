from neurolab import *

G = NeuronGroup(1, model='''dV/dt = (I-V)/(3*ms) : volt
                            I : volt''')
setter = TimedArraySetter(G, 'I', TimedArray(array([2, 7, 1, 4])*mV, times=array([0.5, 1.25, 4.05, 6])*ms))
M = StateMonitor(G, 'V', record=True)
X = StateMonitor(G, 'I', record=True)
run(9*ms)
outputs = {'M': M, 'X': X}
