"""`python -m jobcenter run`: set up whatever is missing, then serve."""

from __future__ import annotations

from jobcenter.cli.run import main

if __name__ == "__main__":
    main()
