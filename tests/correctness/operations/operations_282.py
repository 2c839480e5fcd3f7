from neurolab import *

G = NeuronGroup(1, model='V : 1')

@network_operation(when='end')
def op8(clock):
    G.V = (3*G.V+9) % 10007

@network_operation(when='after_resets')
def op7(clock):
    G.V = (3*G.V+8) % 10007

@network_operation(when='before_resets')
def op6(clock):
    G.V = (3*G.V+7) % 10007

@network_operation(when='after_connections')
def op5(clock):
    G.V = (3*G.V+6) % 10007

@network_operation(when='before_connections')
def op4(clock):
    G.V = (3*G.V+5) % 10007

@network_operation(when='middle')
def op3(clock):
    G.V = (3*G.V+4) % 10007

@network_operation(when='after_groups')
def op2(clock):
    G.V = (3*G.V+3) % 10007

@network_operation(when='before_groups')
def op1(clock):
    G.V = (3*G.V+2) % 10007

@network_operation(when='start')
def op0(clock):
    G.V = (3*G.V+1) % 10007

M = StateMonitor(G, 'V', record=True, when='before_groups')
net = Network(op8, op3, op5, op1, op7, op2, op0, op6, op4, G, M)
net.run(1*ms)
outputs = {'M': M}
