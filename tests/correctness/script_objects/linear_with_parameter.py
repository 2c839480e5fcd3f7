from neurolab import *

J = 8*mV
G = NeuronGroup(1, model='''dV/dt = (I-V)/(4*ms) : volt
                            dw/dt = (V-w)/(9*ms) : volt
                            I : volt''')
G.I = 8*mV
H = NeuronGroup(1, model='''dV/dt = (J-V)/(4*ms) : volt
                            dw/dt = (V-w)/(9*ms) : volt''')
V1 = StateMonitor(G, 'V', record=True, timestep=10)
w1 = StateMonitor(G, 'w', record=True, timestep=10)
V2 = StateMonitor(H, 'V', record=True, timestep=10)
w2 = StateMonitor(H, 'w', record=True, timestep=10)
run(20*ms)
outputs = {'V1': V1, 'w1': w1, 'V2': V2, 'w2': w2}
