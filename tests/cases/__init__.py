"""The cases of the rules, by code: (bad, good), as test_rule_cases.py reads them."""

from tests.cases import nominations, organisations, people, projects, records, training

CASES = {
    code: case
    for module in (organisations, people, records, training, projects, nominations)
    for code, case in module.CASES.items()
}
