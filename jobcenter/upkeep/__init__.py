"""Looking after the installation: what must always hold in the data, and what ails the machine.

`checks` reads the database and finds broken promises; `doctor` looks at the installation around it.
Both only read. The worker runs the checks every night; `flask check` and `flask doctor` by hand.
"""
