"""The page of a worksheet: one exercise at a time beside the lab."""
