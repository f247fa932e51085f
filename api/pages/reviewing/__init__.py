"""The page of the reviews: what each saw, what it lacks, and what the next one would say."""
