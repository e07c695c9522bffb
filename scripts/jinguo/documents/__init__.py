"""The documents jinguo writes: for each its template, and a function that gives the values its template may place."""
