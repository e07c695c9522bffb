"""`python -m jinguo` and the console script `jinguo`."""

from jinguo.commands import main

if __name__ == "__main__":
    main()
