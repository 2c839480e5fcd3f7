from neurolab import *

ticks = EventClock(t=3*ms, dt=0.5*ms)
I = TimedArray(array([1.0, 5, 2, 0]), clock=ticks)
G = NeuronGroup(1, model='dV/dt = (I(t)*mV-V)/(2*ms) : volt')
M = StateMonitor(G, 'V', record=True)
run(8*ms)
outputs = {'M': M}
