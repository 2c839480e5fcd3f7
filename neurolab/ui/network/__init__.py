"""The picture of the network: where neurons, arrows and labels stand, and what lights up."""
