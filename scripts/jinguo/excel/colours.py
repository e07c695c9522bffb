"""The colours by which a sheet says good, bad, doubtful and worth knowing; the same in every workbook."""

from __future__ import annotations

from jinguo.common.findings import Severity

GOOD, BAD, DOUBTFUL, WORTH_KNOWING = "#E2EFDA", "#F8CBAD", "#FFE699", "#DDEBF7"

#: The fill of a finding, by the word of its severity.
SEVERITY_COLOURS = {Severity.ERROR.value: BAD, Severity.WARNING.value: DOUBTFUL, Severity.HINT.value: WORTH_KNOWING}
