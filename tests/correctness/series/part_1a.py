"""1a: forty neurons that leak towards rest, and nothing that makes them fire again after the start."""

from neurolab import *

tau = 20 * msecond
Vt = -50 * mvolt
Vr = -60 * mvolt
El = -60 * mvolt

G = NeuronGroup(N=40, model="dV/dt = -(V-El)/tau : volt", threshold=Vt, reset=Vr)

run(1 * second)
