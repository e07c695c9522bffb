"""Every table and column of the registry, declared once: reading, checks, dropdowns, forms and docs derive from it."""

# Registers its problems in the catalogue.
from jinguo.schema import register_problems as register_problems
from jinguo.schema.duty_tables import DUTY
from jinguo.schema.model import Field, TableSpec, WorkbookSpec
from jinguo.schema.nomination_tables import NOMINATIONS
from jinguo.schema.organisation_tables import ORGANISATIONS
from jinguo.schema.people_tables import PEOPLE
from jinguo.schema.project_tables import PROJECTS
from jinguo.schema.settings_tables import SETTINGS
from jinguo.schema.training_tables import TRAINING

#: In the order of the workbooks staff see; 设置.xlsx is read first all the same, for its vocabularies.
WORKBOOKS: tuple[WorkbookSpec, ...] = (ORGANISATIONS, PEOPLE, TRAINING, PROJECTS, DUTY, NOMINATIONS, SETTINGS)

TABLES: dict[str, TableSpec] = {table.name: table for workbook in WORKBOOKS for table in workbook.tables}

__all__ = ["TABLES", "WORKBOOKS", "Field", "TableSpec", "WorkbookSpec"]
