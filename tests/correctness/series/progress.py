"""A long run says how far it has come."""

from neurolab import *

tau = 10 * ms
G = NeuronGroup(4000, model="dV/dt = -V*V/(tau*mV) : volt")

run(1 * second, report="text")
