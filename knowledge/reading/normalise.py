"""Folding of one text for matching: same length as the original, so that spans map back."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Traditional -> simplified, one pair each, for the characters that stories about money use. A conversion of
# whole words is not needed: the text is only matched, never shown.
_TRADITIONAL = (
    "騙骗 詐诈 轉转 賬账 帳账 帐账 錢钱 銀银 寶宝 寳宝 網网 買买 賣卖 貨货 發发 單单 證证 驗验 碼码 號号 給给 說说 話话 電电 腦脑 機机 "
    "報报 線线 資资 貸贷 費费 繳缴 點点 遊游 戲戏 儲储 蓄蓄 幣币 值值 萬万 塊块 兩两 個个 幾几 時时 間间 鐘钟 週周 後后 剛刚 "
    "現现 經经 沒没 還还 對对 開开 關关 螢荧 幕幕 遠远 遙遥 協协 助助 問问 題题 誰谁 應应 該该 辦办 們们 媽妈 爺爷 親亲 友友 "
    "從从 來来 過过 這这 樣样 請请 幫帮 認认 識识 聯联 繫系 絡络 係系 詢询 訊讯 紅红 條条 債债 償偿 還还 損损 補补 訴诉 訟讼 "
    "師师 務务 員员 團团 隊队 專专 業业 術术 術术 駭骇 黑黑 攔拦 截截 凍冻 結结 額额 餘余 總总 計计 價价 優优 購购 寄寄 遞递 "
    "車车 輸输 贏赢 贖赎 勒勒 脅胁 嚇吓 逼逼 裡里 裏里 掛挂 掃扫 瞄瞄 軟软 體体 載载 連连 鏈链 設设 備备 簡简 繁繁 漢汉 語语 "
    "英英 換换 選选 項项 歲岁 孫孙 婦妇 兒儿 姊姐 爸爸 無无 與与 為为 於于 東东 農农 業业 僑侨 廣广 華华 興兴 滬沪 寧宁 "
    "飛飞 馬马 鳥鸟 魚鱼 閒闲 鹹咸 樂乐 雲云 閃闪 卻却 盜盗 竊窃 復复 複复 擊击 殺杀 豬猪 盤盘 職职 戶户 號号 區区 塊块 "
    "傳传 銷销 賭赌 獎奖 禮礼 蘋苹 據据 賺赚 虧亏 負负 責责 顧顾 會会 議议 視视 頻频 錄录 圖图 檔档 義义 實实 際际 嗎吗 呢呢 "
    "嘛嘛 麼么 什什 誤误 導导 讓让 變变 壓压 懼惧 懷怀 絕绝 望望 傷伤 殘残 斷断 離离 樓楼 橋桥 藥药 遺遗 書书 輕轻 撐撑 "
    "臺台 灣湾 鄰邻 縣县 級级 別别 麗丽 夠够 進进 達达 適适 邊边 處处 舊旧 習习 覺觉 觸触 記记 許许 評评 試试 誘诱 課课 談谈"
)
_SIMPLE = {pair[0]: pair[1] for pair in _TRADITIONAL.split()}

#: Characters without a full-width twin that stand for a space.
_SPACES = {0x200B: " ", 0xFEFF: " ", 0x00A0: " ", 0x0009: " "}

#: Slips of the input method that are a word of their own nowhere near money, replaced at equal length.
_SLIPS = (
    (re.compile("[炸榨乍]骗"), "诈骗"),
    (re.compile("[诈炸][片扁]"), "诈骗"),
    (re.compile("被[骟扁片](?![区面])"), "被骗"),
    (re.compile("骟(?=[子了走])"), "骗"),
    (re.compile("转仗|转丈|转帐"), "转账"),
)


def _fold(char: str) -> str:
    """One character folded to exactly one: ASCII digits and full-width forms, lower case, simplified, else itself."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))  # ٣ and ३ are 3 too: every later table knows ASCII digits only
    for form in (unicodedata.normalize("NFKC", char).lower(), char.lower()):
        if len(form) == 1:
            return _SIMPLE.get(form, form)
    return char


class _Folded(dict[int, str]):
    """A ``str.translate`` table that works out each character once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _SPACES.get(code) or _fold(chr(code))
        return folded


_TABLE = _Folded()


# The rules for one message ask for its folded text a dozen times.
@lru_cache(maxsize=4)
def normalise(text: str) -> str:
    """``text`` lower-cased, full-width forms and traditional characters folded, common slips repaired.

    ``len(normalise(t)) == len(t)`` always, and every character stands where it stood.
    """
    folded = text.translate(_TABLE)
    for slip, word in _SLIPS:
        folded = slip.sub(word, folded)
    return folded


def simplify(pattern: str) -> str:
    """``pattern`` (a regular expression) with only its Chinese characters folded, to run on normalised text."""
    return "".join(_SIMPLE.get(char, char) for char in pattern)
