from neurolab import *

G = NeuronGroup(2, model='''dg/dt = -g/(2*ms) : volt
                            dV/dt = (I+g-V)/(4*ms) : volt
                            I : volt''', threshold=EmpiricalThreshold(threshold=6*mV, refractory=1.27*ms, state='V'), reset='g -= 4*mV')
G.I = array([8, 13])*mV
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(12*ms)
outputs = {'M': M, 'S': S}
