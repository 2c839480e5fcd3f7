from neurolab import *

ticks = EventClock(dt=1*ms)
I = TimedArray(array([0.0, 2, -1, 4, 4, 1]), clock=ticks)
G = NeuronGroup(1, model='''dV/dt = (I(t)*mV-V)/(5*ms) : volt
                            x = I(t)*mV : volt''')
M = StateMonitor(G, 'V', record=True)
X = StateMonitor(G, 'x', record=True)
run(10*ms)
outputs = {'M': M, 'X': X}
