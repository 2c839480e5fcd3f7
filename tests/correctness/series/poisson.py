"""A group that fires at random, at a rate that swings with the time."""

from neurolab import *

seed(11)
P = PoissonGroup(500, rates=lambda t: (20 + 15 * sin(2 * pi * 5 * Hz * t)) * Hz)
M = SpikeMonitor(P)
R = PopulationRateMonitor(P, bin=10 * ms)

run(1 * second)

subplot(211)
raster_plot(M)
subplot(212)
plot(R.times / ms, R.rate / Hz)
