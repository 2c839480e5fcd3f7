"""Stalled connections: their other end neither reads nor goes on sending."""

from collections.abc import Iterable

from tornado.iostream import IOStream


class Stalled:
    """Finds streams that have not moved between two checks."""

    def __init__(self) -> None:
        self._seen: dict[IOStream, tuple[int, int]] = {}

    def among(self, streams: Iterable[IOStream]) -> list[IOStream]:
        """Return the streams that have data to move, and have not moved it since the last call.

        Parameters
        ----------
        streams : iterable of tornado.iostream.IOStream

        Returns
        -------
        list of tornado.iostream.IOStream
        """
        seen = self._seen
        self._seen = {}
        for stream in streams:
            # Tornado has no public counts of the bytes sent and received.
            if stream.writing() or (stream.reading() and stream._read_buffer_size):
                self._seen[stream] = stream._total_write_done_index, stream._read_buffer_size
        return [stream for stream, moved in self._seen.items() if seen.get(stream) == moved]
