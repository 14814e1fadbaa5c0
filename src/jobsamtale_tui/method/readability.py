"""How heavy a text is to read: words, sentences and the readability number LIX."""

import re
from dataclasses import dataclass

LONG = 7
"""A long word has this many letters or more."""
HARD, VERY_HARD = 45, 55
"""From here on a text is hard, and very hard, to read (the bands of LIX: to 24, 34, 44, 54, and above)."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ABBREVIATION = re.compile(
    r"\b(?:bl\.a|f\.eks|ca|dvs|evt|inkl|ekskl|kl|kr|max|mht|mv|m\.fl|m\.m|m\.v|nr|osv|o\.l|pga|pkt|p\.t|pt|stk|str"
    r"|tlf|vedr|ang|jf|jfr|jvf|hhv|iht|forts|afd|adr|sml|tidl|vha|mdr|min|d|s|st|dr|hr|fr|udd|ift)\.",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+(?=[\s»«\"')\]]|$)|\n+")


@dataclass(frozen=True, slots=True)
class Lix:
    """The readability number of a text, and what it is made of."""

    words: int
    sentences: int
    long_words: int

    @property
    def value(self) -> int:
        """Words a sentence plus long words in a hundred, as a whole number; 0 where there are no words."""
        if not self.words:
            return 0
        return round(self.words / self.sentences + 100 * self.long_words / self.words)


def words(text: str) -> list[str]:
    """The words of a text: letters, with hyphens and apostrophes within; numbers are none."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text that have a word in them. A line break ends one too, an abbreviation's stop does not."""
    covered = _ABBREVIATION.sub(lambda found: found.group().replace(".", "\x00"), text)
    found, last = [], 0
    for end in _END.finditer(covered):
        found.append(text[last : end.end()].strip())
        last = end.end()
    found.append(text[last:].strip())
    return [one for one in found if _WORD.search(one)]


def lix(text: str) -> Lix:
    """LIX of a text: words / sentences + 100 · words of seven letters or more / words."""
    found = words(text)
    long_words = sum(1 for word in found if sum(map(str.isalpha, word)) >= LONG)
    return Lix(len(found), len(sentences(text)), long_words)
