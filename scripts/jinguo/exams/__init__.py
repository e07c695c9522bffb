"""The social worker examination: subjects and standards, outcomes of papers, qualifications, and figures."""
