"""The current through a constant conductance as an equation of its own; each neuron has its own capacitance."""

from neurolab import *

gl = 10 * nS
El = -70 * mV
g = 5 * nS
E = 0 * mV

eqs = """
dV/dt = (I + gl*(El - V))/Cm : volt
I = g*(E - V)                : amp   # static: follows from V
Cm                           : farad # one value a neuron
"""
G = NeuronGroup(3, model=eqs)
G.V = El
G.Cm = [100, 200, 400] * pF
MV = StateMonitor(G, "V", record=True)
MI = StateMonitor(G, "I", record=[0, 2])

run(50 * ms)
