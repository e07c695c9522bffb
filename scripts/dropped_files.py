"""The files that were dropped on an icon, as Explorer wrote them. Standard library only, no syntax newer than Python 3.6."""

import os
import re
from pathlib import Path


def line_of_the_shell():
    """The command line of the program that started this one, as it was written; empty where Windows does not tell (before 8.1)."""
    if os.name != "nt" or "JINGUO_BAT" not in os.environ:
        return ""
    try:
        import ctypes
    except ImportError:
        return ""
    kernel, native = ctypes.windll.kernel32, ctypes.windll.ntdll
    kernel.OpenProcess.restype = ctypes.c_void_p
    process = kernel.OpenProcess(0x1000, False, os.getppid())
    if not process:
        return ""
    try:
        # ProcessCommandLineInformation: a UNICODE_STRING (its length in bytes, then where it lies), and behind it the words.
        found = ctypes.create_string_buffer(70000)
        if native.NtQueryInformationProcess(ctypes.c_void_p(process), 60, found, len(found), None):
            return ""
        length, place = int.from_bytes(found.raw[:2], "little"), ctypes.sizeof(ctypes.c_void_p)
        address = int.from_bytes(found.raw[place : 2 * place], "little")
        return ctypes.string_at(address, length).decode("utf-16-le")
    finally:
        kernel.CloseHandle(ctypes.c_void_p(process))


def dropped(arguments):
    """The files that were dropped on a .bat. Explorer does not quote a name with & or ^ and no space, and cmd.exe cuts it there; the
    whole line, as Explorer wrote it, is that of the shell: cmd /c ""…\\校验台账.bat" D:\\A&B.xlsx"."""
    line, name = line_of_the_shell(), os.environ.get("JINGUO_BAT", "")
    place = line.lower().rfind(name.lower()) if name else -1
    if place < 0 or "/c" not in line[:place].lower():
        return arguments
    rest = line[place + len(name) :].lstrip('"').rstrip()
    if rest.count('"') % 2:
        rest = rest[: rest.rindex('"')]
    found = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', rest)]
    given = [argument for argument in arguments if Path(argument).is_absolute()]
    if not found or found == given or not all(Path(path).exists() for path in found):
        return arguments
    return [argument for argument in arguments if argument not in given] + found
