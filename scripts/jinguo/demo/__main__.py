"""`python -m jinguo.demo FOLDER` writes the demo registry; for maintainers, when the schema or the demo has changed."""

import sys
from pathlib import Path

from jinguo.demo import write

for path in write(Path(sys.argv[1])):
    print(path)
