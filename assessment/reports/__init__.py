"""Results as files that leave the product: pictures, tables; from the same results and charts."""
