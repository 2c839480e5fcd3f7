from neurolab import *

G = NeuronGroup(3, model='''dV/dt = (I-V)/(4*ms) : volt
                            dth/dt = (5*mV-th)/(8*ms) : volt
                            dlow/dt = 0.1*mV/ms : volt
                            I : volt''', threshold=VariableThreshold('th', 'V'), reset=VariableReset('low', 'V'))
G.I = array([6, 8, 13])*mV
G.th = array([4, 5, 9])*mV
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(15*ms)
outputs = {'M': M, 'S': S}
