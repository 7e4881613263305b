"""The deep check, from who sits where in a squad to what a reader is told.

In reading order: `seats`, `naming`, `contested`, `findings`, `who_decides`, `lens_scores`,
`result`; `check` for one in progress; `lens_sentences` and `lens_tables` for the reader.
"""
