"""The one exception staff may see: a paragraph that says what happened, where, and what to do."""


class JinguoError(Exception):
    """Something the program cannot go on with.

    `what` happened, `where` (file › sheet › cell, or template › paragraph; may be empty), and the `remedy`. The command
    line prints the three as one paragraph and exits with 2; nothing else is caught there but the truly unexpected.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def paragraph(self) -> str:
        """The Chinese paragraph: 位置：发生了什么。请怎样做。"""
        text = f"{self.where}：{self.what}" if self.where else self.what
        return f"{text}\n请这样做：{self.remedy}" if self.remedy else text
