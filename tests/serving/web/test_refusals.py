"""How often refusals are logged."""

import asyncio

import pytest
from prometheus_client import CollectorRegistry, Counter

from neurolab.serving.web import refusals
from neurolab.serving.web.refusals import Refusals


@pytest.fixture
def logged(monkeypatch):
    lines = []
    monkeypatch.setattr(refusals, "log_event", lambda event, **fields: lines.append(fields))
    monkeypatch.setattr(refusals, "PERIOD", 0.05)
    return lines


def test_each_reason_has_a_few_lines_and_then_one_that_says_how_many_more_there_were(logged):
    metric = Counter("refused", "Refused.", ["reason"], registry=CollectorRegistry())

    async def refuse():
        refused = Refusals(metric)
        for _ in range(40):
            refused.add("malformed")
        refused.add("token")
        assert len(logged) == refusals.MOST + 1
        while len(logged) == refusals.MOST + 1:
            await asyncio.sleep(0.01)
        assert logged[-1] == {"reason": "malformed", "more": 40 - refusals.MOST, "seconds": 0.05}
        refused.add("malformed")
        assert logged[-1] == {"reason": "malformed"}

    asyncio.run(asyncio.wait_for(refuse(), 10))
    assert metric.labels("malformed")._value.get() == 41
