from neurolab import *

tau = inf*second
G = NeuronGroup(2, model='''dV/dt = (clip(I/mV, 0, inf)*mV-V)/(4*ms) : volt
                            dx/dt = -x/tau : volt
                            I : volt''')
G.I = array([-3, 5])*mV
G.x = 2*mV
M = StateMonitor(G, 'V', record=True)
X = StateMonitor(G, 'x', record=True)
run(5*ms)
outputs = {'M': M, 'X': X}
