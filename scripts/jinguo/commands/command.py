"""What makes a module of this folder a command: its name, its place in the list, and one line for staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


class StaffCommand(click.Command):
    """A command of the office; `place` orders the list in --help."""

    place = 0

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; of files that were open elsewhere, and of which it has not spoken itself, something is said at the end."""
        code = super().invoke(ctx)
        if ctx.obj is not None:
            ctx.obj.tell_in_use()
        return code


def staff_command(
    name: str, place: int, line: str, cls: type[StaffCommand] = StaffCommand
) -> Callable[[Callable[..., int]], StaffCommand]:
    """Make a function the command of this name; `line` is what the list says of it, its docstring what its own
    --help says."""

    def decorate(function: Callable[..., Any]) -> StaffCommand:
        command = click.command(name, cls=cls, short_help=line, options_metavar="[选项]")(function)
        command.place = place
        return command

    return decorate
