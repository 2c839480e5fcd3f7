"""Texts with which synapses are made and set, such as ``'abs(i - j) < 3'``."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...array_types import AnyArray, FloatArray
from ...errors import NeurolabError, RangeError, UnitsError
from ...model.dimensions import located_dimension
from ...model.expressions import Expression
from ...model.random_names import is_normal, is_random, parse_with_random
from ...units import DIMENSIONLESS, Dimension, dimension_name, dimension_of, si_value
from .. import magic
from ..called_functions import functions_called, program_functions
from ..plasticity.code import program_value


class Text:
    """A formula of the numbers i and j of the neurons that a synapse joins.

    Parameters
    ----------
    text : str
    values : mapping
        SI values of the names that are known beside the program's, i and j among them.
    dimensions : mapping
        Their dimensions.
    count : int
        How many values it has.
    where : str
        For messages.

    Raises
    ------
    ParseError, UndefinedNameError, UnitsError
        The text cannot be read or computed.
    """

    def __init__(
        self,
        text: str,
        values: Mapping[str, Any],
        dimensions: Mapping[str, Dimension],
        count: int,
        where: str,
    ) -> None:
        self._count = count
        self._where = where
        self._seen = magic.names_seen_by_caller()
        try:
            self.expression: Expression = parse_with_random(
                text, program_functions(functions_called(text, {}))
            )
        except NeurolabError as error:
            error.located(where)
            raise
        self._env: dict[str, Any] = {}
        known: dict[str, Dimension] = {}
        for name in sorted(self.expression.names):
            if name in values:
                self._env[name] = values[name]
                known[name] = dimensions.get(name, DIMENSIONLESS)
            elif is_random(name):
                self._env[name] = self._drawn(name)
                known[name] = DIMENSIONLESS
            else:
                value = program_value(name, self._seen, (), where)
                if value is not None:
                    self._env[name] = si_value(value)
                    known[name] = dimension_of(value)
        self.dimension = located_dimension(self.expression, known, where)

    def _drawn(self, name: str) -> FloatArray:
        if is_normal(name):
            return magic.generator.standard_normal(self._count)
        return magic.generator.random(self._count)

    def values(self) -> AnyArray:
        """Compute the values, shape (count,)."""
        with np.errstate(all="ignore"):
            try:
                values = np.broadcast_to(self.expression.evaluate(self._env), (self._count,))
            except NeurolabError as error:
                error.located(self._where)
                raise
        if not np.isfinite(values).all():
            raise RangeError(
                f"'{self.expression.text}' has no finite value for some synapses.",
                where=self._where,
                mend="Change the formula so that it is finite for all of them.",
            )
        return values

    def checked(self, dimension: Dimension) -> FloatArray:
        """Compute the values, which must have a dimension."""
        values = self.values().astype(float)
        if self.dimension != dimension and not (
            self.dimension == DIMENSIONLESS and not values.any()
        ):
            raise UnitsError(
                f"'{self.expression.text}' is in {dimension_name(self.dimension)}, but the "
                f"variable is in {dimension_name(dimension)}.",
                where=self._where,
                mend="Multiply by a unit, such as mV for volts.",
            )
        return values
