"""Finds telephone numbers, mail addresses and links, also when they are said in words.

The public helplines of the vocabulary are no exposure. Called by `screen`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from directory.moderation.screening.folding import folded, plain
from directory.moderation.screening.names_of_signals import Signal, SignalName
from directory.moderation.screening.rules import read_data
from directory.vocabulary.reading import DATA_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.moderation.screening.spoken import Spoken

WHY_PHONE = "This looks like a telephone number; reviews carry no contact details."
WHY_MAIL = "This looks like a mail or payment address; reviews carry no contact details."
WHY_LINK = "This looks like a link or an account on another site; reviews carry no links."

PIECE = re.compile(r"[0-9oilsb]*[0-9][0-9oilsb]*|[a-z]+|[\u0900-\u0963\u0970-\u097f]+|₹")
AS_DIGITS = str.maketrans("oilsb", "01158")
FARTHEST = 4
DEVANAGARI_SIGN = "~"  # before a folded word of Devanagari, which is no English word
MOBILE = re.compile(r"(?:\+?0{0,2}91|0)?[6-9]\d{9}$")
LANDLINE = re.compile(r"(?:0{0,2}91)?0?(?:11\d{8}|1800\d{6,7}|(?:120|124|129|130)[24]\d{6})$")
LOCAL_LINE = re.compile(r"[24]\d{7}$")
LEAST_SAID, LONGEST = 8, 14
LEAST_PIECES = 5  # "ninety eight" and "double" say more than one digit each
ROUND = re.compile(r"[1-9]\d*00$")
YEAR = re.compile(r"(?:19|20)\d\d$")
OWN_DOMAIN = re.compile(
    r"(?<![\w.])(?:https?://|www\.)\S+|(?<!\w)(?:wa|t|fb)\.me/?\S*|(?<!\w)bit\.ly/\S+"
)
MAY_BE_ADDRESS = re.compile(
    r"[a-z0-9]\.[a-z]|@|://|\bdot\b|\[|\(|डो|डॉ|gram|insta|tele|facebook|fb|youtube|twitter|linkedin|snapchat|threads"
    r"|gmail|yahoo|hotmail|outlook|rediff|इंस|टेल|फेस"
)
ACCOUNT = re.compile(r"(?<![\w@.])@\s?[a-z][\w.]{2,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a number: its digits and where its letters stand."""

    digits: str
    start: int
    end: int


def found_contacts(said: Spoken) -> Iterator[Signal]:
    """Yield every telephone number, mail address and link of a text."""
    letters = said.letters
    if MAY_BE_ADDRESS.search(letters):
        yield from _addresses(said)
    if _may_hold_number(said):
        for start, end in _numbers(letters):
            first = start - (letters[start - 1 : start] == "+")
            yield Signal(SignalName.PHONE, *said.span(first, end), WHY_PHONE)


def _addresses(said: Spoken) -> Iterator[Signal]:
    letters = said.letters
    mails = [match.span() for match in _mail().finditer(letters)]
    for start, end in mails:
        yield Signal(SignalName.EMAIL, *said.span(start, end), WHY_MAIL)
    for pattern in (OWN_DOMAIN, _domain(), ACCOUNT, _platform_account()):
        for match in pattern.finditer(letters):
            if not any(start <= match.start() < end for start, end in mails):
                end = len(match.group().rstrip(".,;:!?)।")) + match.start()
                yield Signal(SignalName.URL, *said.span(match.start(), end), WHY_LINK)


def _may_hold_number(said: Spoken) -> bool:
    """Say whether there are enough digits, written or in words, for a number."""
    digits = sum(letter.isdecimal() for letter in said.letters)
    return digits + sum(bool(_digits_of(word.plain)) for word in said.words) >= LEAST_PIECES


def _numbers(letters: str) -> Iterator[tuple[int, int]]:
    for run in _runs(letters):
        digits = "".join(piece.digits for piece in run)
        if _is_number(digits, run) and digits.lstrip("0") not in _helplines():
            yield run[0].start, run[-1].end
            continue
        yield from _within(run)


def _within(run: list[Piece]) -> Iterator[tuple[int, int]]:
    """Yield a mobile number that stands among others, piece by whole piece."""
    for first in range(len(run)):
        digits = ""
        for last in range(first, min(len(run), first + LONGEST)):
            digits += run[last].digits
            pieces = run[first : last + 1]
            is_found = MOBILE.match(digits) and _is_number(digits, pieces)
            if is_found and digits not in _helplines():
                yield run[first].start, run[last].end
                return


def _is_number(digits: str, run: list[Piece]) -> bool:
    if sum(bool(ROUND.match(one.digits)) for one in run) > 1:
        return False
    if sum(bool(YEAR.match(one.digits)) for one in run) > 1:
        return False
    if LOCAL_LINE.match(digits):
        return len(run) in {1, 2} and not YEAR.match(run[0].digits)
    return bool(MOBILE.match(digits) or LANDLINE.match(digits))


def _runs(letters: str) -> Iterator[list[Piece]]:
    """Yield rows of digits that belong together, with at least so many digits as a number has."""
    run: list[Piece] = []
    is_money, end = False, 0
    for piece, is_filler in _pieces(letters):
        if run and piece.start - end > FARTHEST:
            yield from _long_enough(run, is_money=is_money)
            run, is_money = [], False
        end = piece.end
        if piece.digits:
            run.append(piece)
            continue
        if not is_filler:
            is_now_money = letters[piece.start : piece.end] in _words("money")
            yield from _long_enough(run, is_money=is_money or is_now_money)
            run, is_money = [], is_now_money
    yield from _long_enough(run, is_money=is_money)


def _long_enough(run: list[Piece], *, is_money: bool) -> Iterator[list[Piece]]:
    if run and not is_money and sum(len(piece.digits) for piece in run) >= LEAST_SAID:
        yield run


def _pieces(letters: str) -> Iterator[tuple[Piece, bool]]:
    """Yield digits, said or written, and the other words (without digits) between them."""
    times, tens = 1, ""
    for match in PIECE.finditer(letters):
        word = match.group()
        if word in read_data("contacts.yaml")["times"]:
            times = int(read_data("contacts.yaml")["times"][word])
            yield Piece("", match.start(), match.end()), True
            continue
        digits = _digits_of(word)
        if tens and digits and len(digits) > 1:
            yield Piece("0", match.start(), match.start()), False
        is_tens = word in read_data("contacts.yaml")["tens"]
        yield Piece(digits * times, match.start(), match.end()), word in _words("fillers")
        times, tens = 1, word if is_tens else ""


def _digits_of(word: str) -> str:
    if word[0].isdecimal() or any(letter.isdecimal() for letter in word):
        return word.translate(AS_DIGITS)
    if word.isascii():
        return _spoken_digits().get(word, "")
    return _spoken_digits().get(DEVANAGARI_SIGN + folded(word), "")


@cache
def _spoken_digits() -> dict[str, str]:
    data = read_data("contacts.yaml")
    said = {**data["digits"], **data["tens"], **data["teens"]}
    made = {}
    for word, digits in said.items():
        heard = "".join(map(plain, word))
        made[heard] = digits
        made[DEVANAGARI_SIGN + folded(heard)] = digits
    return made


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_data("contacts.yaml")[name].split())


def _either(name: str) -> str:
    words = sorted(read_data("contacts.yaml")[name].split(), key=len, reverse=True)
    return "|".join("".join(map(plain, word)).replace("_", r"\s+") for word in words)


@cache
def _mail() -> re.Pattern[str]:
    """Give the pattern of mail addresses: written, or with "at" and "dot" in words."""
    at, dot = _either("at"), _either("dot")
    sign = rf"\s*[\[({{]?\s*@\s*[\])}}]?\s*|\s*[\[({{]\s*(?:{at})\s*[\])}}]\s*|\s+(?:{at})\s+"
    point = rf"\s*[\[({{]?\s*(?:\.|(?<=[\s\[({{])(?:{dot}))\s*[\])}}]?\s*"
    piece = r"[\w\u0900-\u097f+-]"
    name = rf"[a-z0-9\u0900-\u097f]{piece}*(?:(?:\.|\s(?:{dot}|underscore)\s){piece}+)*"
    hosts, endings = _either("mail_hosts"), _either("endings")
    known = rf"(?:{hosts})(?![a-z])(?:(?:{point}|\s)(?:co{point})?(?:{endings})(?![a-z]))?"
    other = rf"[\w-]+(?:{point}[\w-]+)*?{point}(?:{endings})(?![a-z])"
    hinted = r"(?:gmail|yahoo|hotmail|outlook|rediffmail|rediff)\s+(?:dot\s+)?com(?![a-z])"
    written = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    return re.compile(rf"(?<![\w@.]){name}(?:{sign})(?:{known}|{other})|{written}|{hinted}")


@cache
def _domain() -> re.Pattern[str]:
    """Give the pattern of addresses without "www": written, or with "dot" in words."""
    sure, unsure, any_ending = _endings()
    host = r"(?<![\w@.])[a-z0-9][a-z0-9-]*"
    written = (
        rf"(?:\.[a-z0-9-]+)*\.(?:(?:{sure})(?![\w.]*[a-z])|(?:co|org|net|gov)\.in(?![a-z])"
        rf"|(?:{unsure})/\S*)"
    )
    end_of_line = rf"\.(?:{unsure})(?=\s*(?:$|[,;)\n]))"
    said = rf"(?:\s+dot\s+[a-z0-9-]+)?\s+dot\s+(?:{any_ending})(?![a-z])"
    broken = rf"\s?[\[(]\s?(?:dot|\.)\s?[\])]\s?(?:{any_ending})(?![a-z])"
    hindi = rf"[\w\u0900-\u097f]+\s+(?:{_either('dot')})\s+(?:{any_ending}|इन)"
    return re.compile(rf"{host}(?:{written}|{end_of_line}|{said}|{broken})(?:/\S*)?|{hindi}")


def _endings() -> tuple[str, str, str]:
    """Give patterns of endings that are no words, of those that are, and of all."""
    like_words = _words("endings_like_words")
    every = sorted(_words("endings"), key=len, reverse=True)
    sure = (one for one in every if one not in like_words)
    return "|".join(sure), "|".join(one for one in every if one in like_words), "|".join(every)


@cache
def _platform_account() -> re.Pattern[str]:
    """Give the pattern of an account named on a platform: it has a digit, "_" or a dot in it."""
    account = r"(?=[a-z0-9_.]*[a-z])(?=[a-z0-9_.]*[0-9_]|[a-z]+\.[a-z])[a-z0-9_.]{3,}"
    return re.compile(
        rf"(?<![\w])(?:{_either('platforms')})(?:\s+(?:id|handle|page|par|pe|pr|as|at|on|is|channel|group|"
        rf"link|search|for|पर|पे|आईडी)){{0,3}}\s*[:\-–—]?\s*{account}"
    )


@cache
def _helplines() -> frozenset[str]:
    """Give the digits of the public helplines, without zeros in front."""
    with (DATA_FOLDER / "helplines.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    numbers = [row[column] for row in rows for column in ("number", "alt_number")]
    parts = [part for number in numbers for part in re.split(r"[|/;,]", number)]
    return frozenset(re.sub(r"\D", "", part).lstrip("0") for part in parts if part)
