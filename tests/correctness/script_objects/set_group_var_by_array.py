from neurolab import *

G = NeuronGroup(2, model='''dV/dt = (I-V)/(3*ms) : volt
                            I : volt''')
set_group_var_by_array(G, 'I', array([[k % 6, 5-k % 3] for k in range(70)])*mV)
M = StateMonitor(G, 'V', record=True)
run(4*ms)
run(5*ms)
outputs = {'M': M}
