"""Letters: their words, how they are put into an envelope, and how they leave the house."""
