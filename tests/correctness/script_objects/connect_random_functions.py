from neurolab import *

src = SpikeGeneratorGroup(4, [(0, 1*ms), (1, 2*ms), (2, 3*ms), (3, 4*ms)])
G = NeuronGroup(4, model='''da/dt = -a/(5*ms) : volt
                            db/dt = -b/(5*ms) : volt''')
Ca = Connection(src, G, 'a')
Ca.connect_random(src, G, p=lambda i, j: 1.0*(abs(i-j) <= 1), weight=lambda i, j: (1+i+0.1*j)*mV)
Cb = Connection(src, G, 'b', weight=2*mV, sparseness=lambda i, j: 1.0*(i < j))
Ma = StateMonitor(G, 'a', record=True)
Mb = StateMonitor(G, 'b', record=True)
run(8*ms)
outputs = {'Ma': Ma, 'Mb': Mb}
