"""`jinguo doctor`: whether this computer has what the program needs."""

from __future__ import annotations

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run


@staff_command("doctor", 115, "检查环境：程序、文件夹、字体、Office、日期")
@click.pass_obj
def command(run: Run) -> int:
    """检查环境：版本、文件夹能不能写、哪些台账正开着、公文字体、Office 或 WPS、电脑的日期。

    写成 output/诊断.txt，里面没有人员和组织的信息，可以发给维护人员。
    """
    import datetime

    from jinguo.common.errors import JinguoError
    from jinguo.common.writing import write_file
    from jinguo.reports.environment import BAD, DOUBTFUL, diagnosis, environment

    now = datetime.datetime.now()
    readings = environment(run.workbooks, run.output_folder, now)
    styles = {BAD: "bold red", DOUBTFUL: "yellow"}
    for reading in readings:
        run.say(f"[{reading.state}] {reading.what}：{reading.found}", styles.get(reading.state, ""))
        if reading.remedy:
            run.say(f"    {reading.remedy}", styles.get(reading.state, ""))
    path = run.output_folder / "诊断.txt"
    try:
        write_file(path, diagnosis(readings, now).encode("utf-8-sig"))
        run.say(f"下一步：标“不行”的照上面说的办；要问维护人员的，把 {path} 发给他。")
    except JinguoError as trouble:
        run.say(f"诊断.txt 没有写成：{trouble.paragraph()}", "bold red")
    return 2 if any(reading.state == BAD for reading in readings) else 0
