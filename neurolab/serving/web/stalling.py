"""Connections that neither take what they are sent nor go on with what they have begun to send."""

from collections.abc import Iterable

from tornado.iostream import IOStream


class Stalled:
    """Finds streams of which nothing has moved between two looks."""

    def __init__(self) -> None:
        self._seen = {}

    def among(self, streams: Iterable[IOStream]) -> list:
        """The streams that have something to move, and have not moved it since the last call.

        Parameters
        ----------
        streams : iterable of tornado.iostream.IOStream

        Returns
        -------
        list of tornado.iostream.IOStream
        """
        seen, self._seen = self._seen, {}
        for stream in streams:
            # Tornado counts what was sent and what has come, and does not say it otherwise.
            if stream.writing() or (stream.reading() and stream._read_buffer_size):
                self._seen[stream] = stream._total_write_done_index, stream._read_buffer_size
        return [stream for stream, moved in self._seen.items() if seen.get(stream) == moved]
