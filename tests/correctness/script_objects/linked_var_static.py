from neurolab import *

A = NeuronGroup(3, model='''dV/dt = (4*mV-V)/(6*ms) : volt
                            y = 2*V-1*mV : volt''')
A.V = array([0, 3, 9])*mV
B = NeuronGroup(2, model='''dU/dt = (I+J-U)/(5*ms) : volt
                            I : volt
                            J : volt''')
B.I = linked_var(A[1:3], 'V')
B.J = linked_var(A[0:2], 'y')
M = StateMonitor(B, 'U', record=True)
X = StateMonitor(B, 'J', record=True)
run(8*ms)
outputs = {'M': M, 'X': X}
