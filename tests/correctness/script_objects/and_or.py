from neurolab import *

G = NeuronGroup(3, model='''dV/dt = (I*on-V)/(4*ms) : volt
                            on = ((t > 2*ms) & (t < 7*ms)) | (t > 10*ms) : 1
                            I : volt''', threshold='(V > 6*mV) & (I < 12*mV) | (V > 8*mV)', reset='V = 0*mV')
G.I = array([8, 11.5, 16])*mV
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(15*ms)
outputs = {'M': M, 'S': S}
