from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms), (0, 3*ms)])
A = NeuronGroup(2, model='dg/dt = -g/(4*ms) : volt')
C = Connection(src, A, 'g')
C.connect_one_to_one(src, A, weight=6*mV)

B = NeuronGroup(2, model='''dV/dt = (I-V)/(5*ms) : volt
                            I : volt''')
B.I = linked_var(A, 'g')
M = StateMonitor(B, 'V', record=True)
X = StateMonitor(B, 'I', record=True)
g = StateMonitor(A, 'g', record=True)
run(6*ms)
outputs = {'M': M, 'X': X, 'g': g}
