"""The lab as a page of its own: a Voila server that serves one notebook and nothing else."""
