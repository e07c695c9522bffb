"""Write the factory templates and the demo registry anew: python scripts/maintenance/make_demo.py

For maintainers, after a change of the schema, the demo or a factory template; a test says when it is needed.
"""

from pathlib import Path

from jinguo import demo
from jinguo.documents.templates import write_templates

ROOT = Path(__file__).resolve().parents[2]

for path in [*write_templates(ROOT / "templates"), *demo.write(ROOT / "workbooks")]:
    print(path)
