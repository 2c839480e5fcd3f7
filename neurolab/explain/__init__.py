"""What a run means: the ledger of events and its sentences, contributions, the exact solution, comparison and targets."""
