from neurolab import *

cell = NeuronGroup(3, model='''dV/dt = (k-V+Igap)/(10*ms) : 1
                               Igap : 1
                               k : 1''', threshold=1, reset=0)
cell.V = [0, 0.3, 0.8]
cell.k = [1.1, 0.6, 1.3]
S = Synapses(cell, model='''w : 1
                            J = w*(V_pre-V_post) : 1''')
S[:, :] = 'i != j'
S.w = 0.1
S.w[0, 1] = 0.3
cell.Igap = S.J
V = StateMonitor(cell, 'V', record=True)
I = StateMonitor(cell, 'Igap', record=True)
F = SpikeMonitor(cell)
run(40*ms)
outputs = {'V': V, 'I': I, 'F': F}
