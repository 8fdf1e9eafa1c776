"""What is copied, printed or exported when a call is closed: as JSON, text or CSV. Pure functions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge import labels
from knowledge.pack import Pack
from rasa_project.staff.audit import OPERATOR, UNKNOWN
from rasa_project.staff.calls import NOT_KNOWN, Call
from rasa_project.staff.hotline import Hotline

#: What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: The words around the answers.
WORDS: Mapping[str, Mapping[str, str]] = {
    "number": {"zh": "通话编号", "en": "Call"},
    "began": {"zh": "开始时间", "en": "Began"},
    "closed": {"zh": "结束时间", "en": "Closed"},
    "staff": {"zh": "接线员", "en": "Taken by"},
    "language": {"zh": "来电语言", "en": "Caller's language"},
    "risk": {"zh": "高风险", "en": "High risk"},
    "disposition": {"zh": "处理结果", "en": "Disposition"},
    "since": {"zh": "转账时间", "en": "Money left at"},
    "missing": {"zh": "止付还需要", "en": "Still needed for stop-payment"},
    "steps": {"zh": "方案", "en": "Plan"},
    "warnings": {"zh": "已给出的提醒", "en": "Warnings given"},
    "notes": {"zh": "备注", "en": "Notes"},
    "done": {"zh": "已完成", "en": "done"},
    "open": {"zh": "未完成", "en": "open"},
    "by_channel": {"zh": "转账方式", "en": "How the money moved"},
    "by_platform": {"zh": "银行或平台", "en": "Bank or platform"},
    "by_disposition": {"zh": "处理结果", "en": "Disposition"},
    "by_day": {"zh": "日期", "en": "Day"},
    "total": {"zh": "合计", "en": "Total"},
    "not_known": {"zh": "不清楚", "en": "Not known"},
    "not_closed": {"zh": "还没结束", "en": "Not closed yet"},
    "group": {"zh": "分类", "en": "By"},
    "calls": {"zh": "通话数", "en": "Calls"},
    "item": {"zh": "项目", "en": "Item"},
    "value": {"zh": "内容", "en": "Value"},
    "recovery_offer": {"zh": "二次诈骗（“追回”）", "en": "paid recovery offers"},
    "pressure": {"zh": "对方正在施压", "en": "being pressed"},
    "crisis": {"zh": "危机热线", "en": "crisis lines"},
    "under_30min": {"zh": "30 分钟以内", "en": "under 30 minutes"},
    "being_pressured_now": {"zh": "对方正在施压", "en": "being pressed now"},
    "remote_control": {"zh": "手机被远程控制", "en": "phone under remote control"},
    "at": {"zh": "时间（UTC）", "en": "At (UTC)"},
    "who": {"zh": "谁", "en": "Who"},
    "what": {"zh": "做了什么", "en": "Did what"},
}
#: What the audit trail says that was done (audit.ACTIONS).
DID: Mapping[str, Mapping[str, str]] = {
    "signed_in": {"zh": "登录", "en": "Signed in"},
    "signed_out": {"zh": "退出登录", "en": "Signed out"},
    "opened": {"zh": "打开来电", "en": "Opened"},
    "changed": {"zh": "修改来电", "en": "Changed"},
    "closed": {"zh": "结束来电", "en": "Closed"},
    "reopened": {"zh": "重新打开来电", "en": "Reopened"},
    "exported": {"zh": "导出", "en": "Exported"},
    "linked": {"zh": "生成查看码", "en": "Made a code for the plan"},
    "joined": {"zh": "接入在线对话", "en": "Entered a person’s code"},
    "taken": {"zh": "接手对话", "en": "Took over"},
    "given": {"zh": "交还对话", "en": "Gave back"},
    "deleted": {"zh": "删除来电", "en": "Deleted"},
    "refused": {"zh": "登录被拒绝", "en": "Sign-in refused"},
    "locked": {"zh": "试的次数太多，登录已锁定", "en": "Too many tries: sign-in locked"},
    "made": {"zh": "账号由管理员建立", "en": "Account made by the operator"},
    "disabled": {"zh": "账号由管理员停用", "en": "Account disabled by the operator"},
    "enabled": {"zh": "账号由管理员启用", "en": "Account enabled by the operator"},
    "reset": {"zh": "密码由管理员重设", "en": "Password set anew by the operator"},
    "backed_up": {"zh": "备份了数据库", "en": "Copied the database"},
    "restored": {"zh": "用备份恢复了数据库", "en": "Put a copy of the database back"},
    "purged": {"zh": "删除了过期的内容", "en": "Deleted what was too old"},
}
#: Who stands in the trail without being an account (audit.UNKNOWN, audit.OPERATOR).
NOBODY: Mapping[str, Mapping[str, str]] = {
    UNKNOWN: {"zh": "没有这个账号", "en": "No such account"},
    OPERATOR: {"zh": "管理员（命令行）", "en": "The operator (command line)"},
}


def word(key: str, language: str, words: Mapping[str, Mapping[str, str]] = WORDS) -> str:
    """One of ``words``; English where a region's own language is not among them."""
    return words[key].get(language) or words[key]["en"]


def summary(
    call: Call, sheet: Mapping[str, Any], hotline: Hotline, language: str, pack: Pack
) -> dict[str, Any]:
    """What was told and done: ``lines`` are ``{"label", "value"}``, steps ``{"title", "done", "stage"}``.

    With ``call``, ``hotline``, ``missing``, ``warnings`` and ``notes``, in ``language``.
    """
    about = call.to_dict()
    disposition = hotline.dispositions.get(about["disposition"] or "")
    lines = [
        ("number", f"#{call.number}"),
        ("began", about["began_at"]),
        ("closed", about["closed_at"]),
        ("staff", about["staff"]),
        ("language", labels.language_name(about["language"], pack)),
        ("risk", ", ".join(word(each, language) for each in sheet["risks"])),
        ("disposition", disposition[language] if disposition else about["disposition"]),
        ("since", about["since"]),
    ]
    told = [{"label": word(name, language), "value": value} for name, value in lines if value]
    told += [{"label": a["label"], "value": a["value"]} for a in sheet["answers"]["answers"]]
    return {
        "language": language,
        "call": about,
        "hotline": hotline.name[language],
        "lines": told,
        "missing": [item["text"] for item in sheet["missing"]],
        "steps": [{"title": s["title"], "done": s["done"], "stage": s["stage"]} for s in sheet["steps"]],
        "warnings": [word(kind, language) for kind in sheet["warnings"]],
        "notes": sheet["notes"],
    }


def as_text(whole: Mapping[str, Any]) -> str:
    """The summary to paste into another system."""
    language = whole["language"]
    rows = [whole["hotline"], *(f"{line['label']}: {line['value']}" for line in whole["lines"])]
    if whole["missing"]:
        rows += [f"{word('missing', language)}:", *(f"- {text}" for text in whole["missing"])]
    rows += [f"{word('steps', language)}:"]
    rows += [f"[{'x' if step['done'] else ' '}] {step['title']}" for step in whole["steps"]]
    if whole["warnings"]:
        rows.append(f"{word('warnings', language)}: {', '.join(whole['warnings'])}")
    if whole["notes"]:
        rows += [f"{word('notes', language)}:", whole["notes"]]
    return "\n".join(rows) + "\n"


def as_csv(whole: Mapping[str, Any]) -> str:
    """The summary as two columns."""
    language = whole["language"]
    rows = [(line["label"], line["value"]) for line in whole["lines"]]
    rows += [(word("missing", language), text) for text in whole["missing"]]
    rows += [
        (f"{word('steps', language)} ({word('done' if step['done'] else 'open', language)})", step["title"])
        for step in whole["steps"]
    ]
    rows += [(word("warnings", language), each) for each in whole["warnings"]]
    rows += [(word("notes", language), whole["notes"])] if whole["notes"] else []
    return table([(word("item", language), word("value", language)), *rows])


def counts_csv(counted: Mapping[str, Any], hotline: Hotline, pack: Pack, language: str) -> str:
    """The counts as three columns: by what, its name, how many calls. No person is in them."""
    names = {
        "by_channel": {i: channel.name[language] for i, channel in pack.channels.items()},
        "by_platform": {i: platform.name[language] for i, platform in pack.platforms.items()},
        "by_disposition": {i: name[language] for i, name in hotline.dispositions.items()},
        "by_day": {},
    }
    unnamed = {"by_disposition": word("not_closed", language)}
    rows = [
        (
            word(group, language),
            unnamed.get(group, word("not_known", language)) if key == NOT_KNOWN else known.get(key, key),
            number,
        )
        for group, known in names.items()
        for key, number in counted[group].items()
    ]
    head = tuple(word(each, language) for each in ("group", "item", "calls"))
    return table([head, *rows, (word("total", language), "", counted["total"])])


def trail_csv(lines: Iterable[Mapping[str, Any]], language: str) -> str:
    """The audit trail as four columns: when (UTC), who, what, to which call."""
    head = tuple(word(each, language) for each in ("at", "who", "what", "number"))
    did = {action: word(action, language, DID) for action in DID}
    nobody = {name: word(name, language, NOBODY) for name in NOBODY}
    rows = (
        (line["at"], nobody.get(line["account"], line["account"]), did[line["action"]], line["call"])
        for line in lines
    )
    return table([head, *rows])


def table(rows: Iterable[Iterable[Any]]) -> str:
    """CSV as spreadsheets open it: with a mark for UTF-8, and no cell that is taken for a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out).writerows([[safe(cell) for cell in row] for row in rows])
    return out.getvalue()


def safe(cell: Any) -> str:
    """A cell's text, with an apostrophe before what would be computed."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" \u3000\u00a0").startswith(FORMULA) else text


#: What a summary can be had as, beside JSON.
FORMATS = {"json": as_text, "text": as_text, "csv": as_csv}
