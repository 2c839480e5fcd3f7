from neurolab import *

G = NeuronGroup(3, model='''dV/dt = (I-V)/(4*ms) : volt
                            dw/dt = (V-w)/(9*ms) : volt
                            I : volt''', threshold='V > 6*mV', reset='V = 0*mV; w += 1*mV')
G.I = array([5, 8, 13])*mV

M = RecentStateMonitor(G, 'V', duration=3*ms)
R = RecentStateMonitor(G, 'w', duration=50*ms, timestep=4)
run(10*ms)
outputs = {'M': M, 'R': R}
