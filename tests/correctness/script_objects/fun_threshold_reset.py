from neurolab import *

G = NeuronGroup(2, model='''dV/dt = (I-V)/(4*ms) : volt
                            dn/dt = -n/(6*ms) : 1
                            I : volt''', threshold=FunThreshold(lambda V, n, I: V > 0.005*(1+n)), reset=FunReset(lambda P, spikes: (P.V.__setitem__(spikes, 0), P.n.__setitem__(spikes, P.n[spikes]+0.2))))
G.I = array([8, 13])*mV
H = NeuronGroup(2, model='''da/dt = 1/ms : 1
                            db/dt = 2/ms : 1''', threshold=SimpleFunThreshold(lambda x: x > 4.9, state='b'), reset='b = 0')
M = StateMonitor(G, 'V', record=True)
N = StateMonitor(G, 'n', record=True)
S = SpikeMonitor(G)
T = SpikeMonitor(H)
run(15*ms)
outputs = {'M': M, 'N': N, 'S': S, 'T': T}
