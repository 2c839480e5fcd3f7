"""Delays of single synapses, as a program reads and sets them."""

import gc

from neurolab import Connection, NeuronGroup, SpikeGeneratorGroup, ms


def connection():
    target = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt")
    return Connection(SpikeGeneratorGroup(2, [(0, 1 * ms)]), target, "V", delay=True)


def test_delays_can_be_read_and_set_although_nothing_else_holds_their_connection():
    delays = connection().delay
    gc.collect()
    delays[1, 0] = 2 * ms
    assert delays[1, 0] == 2 * ms
    assert connection().delay[0, 0] == 0 * ms


def test_all_that_reads_the_delays_of_a_connection_sees_the_same():
    one = connection()
    first, second = one.delay, one.delay
    first[0, 0] = 3 * ms
    assert second[0, 0] == one.delay[0, 0] == 3 * ms


def test_delays_taken_over_from_another_connection_do_not_keep_it_alive():
    one, other = connection(), connection()
    other.delay[1, 0] = 4 * ms
    one.delay = other.delay
    one.delay = one.delay
    del other
    gc.collect()
    assert one.delay[1, 0] == 4 * ms
