"""Charts of the product: a tidy frame in, an Altair chart out; nothing is shown here."""
