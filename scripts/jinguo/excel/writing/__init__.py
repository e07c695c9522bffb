"""New workbooks: reports, forms, charts."""
