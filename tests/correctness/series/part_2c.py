"""2c: four thousand such neurons, four fifths of them excitatory, connected at random; here for 200 ms."""

from neurolab import *

taum = 20 * ms
taue = 5 * ms
taui = 10 * ms
Vt = -50 * mV
Vr = -60 * mV
El = -49 * mV

eqs = Equations("""
      dV/dt  = (ge-gi-(V-El))/taum : volt
      dge/dt = -ge/taue            : volt
      dgi/dt = -gi/taui            : volt
      """)

G = NeuronGroup(4000, model=eqs, threshold=Vt, reset=Vr)
Ge = G.subgroup(3200)
Gi = G.subgroup(800)

we = (60 * 0.27 / 10) * mV
wi = (20 * 4.5 / 10) * mV
Ce = Connection(Ge, G, "ge", sparseness=0.02, weight=we)
Ci = Connection(Gi, G, "gi", sparseness=0.02, weight=wi)

M = SpikeMonitor(G)
MV = StateMonitor(G, "V", record=0)
Mge = StateMonitor(G, "ge", record=0)
Mgi = StateMonitor(G, "gi", record=0)

G.V = Vr + (Vt - Vr) * rand(len(G))

run(200 * ms)

subplot(211)
raster_plot(M, title="The CUBA network", newfigure=False)
subplot(223)
plot(MV.times / ms, MV[0] / mV)
xlabel("Time (ms)")
ylabel("V (mV)")
subplot(224)
plot(Mge.times / ms, Mge[0] / mV)
plot(Mgi.times / ms, Mgi[0] / mV)
xlabel("Time (ms)")
ylabel("ge and gi (mV)")
legend(("ge", "gi"), "upper right")
show()
