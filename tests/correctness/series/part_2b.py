"""2b: an excitatory and an inhibitory current, each with a time constant of its own, charge a membrane."""

from neurolab import *

taum = 20 * ms
taue = 1 * ms
taui = 10 * ms
Vt = 10 * mV
Vr = 0 * mV

eqs = Equations("""
      dV/dt  = (-V+ge-gi)/taum : volt
      dge/dt = -ge/taue        : volt
      dgi/dt = -gi/taui        : volt
      """)

excitation = [1 * ms, 12 * ms, 50 * ms, 52.5 * ms]
inhibition = [40 * ms, 47 * ms]
G1 = SpikeGeneratorGroup(2, [(0, t) for t in excitation] + [(1, t) for t in inhibition])
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, "ge")
C2 = Connection(G1, G2, "gi")
C1[0, 0] = 4 * mV
C2[1, 0] = 3 * mV

Mv = StateMonitor(G2, "V", record=True)
Mge = StateMonitor(G2, "ge", record=True)
Mgi = StateMonitor(G2, "gi", record=True)

run(100 * ms)

figure()
subplot(211)
plot(Mv.times, Mv[0])
subplot(212)
plot(Mge.times, Mge[0])
plot(Mgi.times, Mgi[0])
show()
