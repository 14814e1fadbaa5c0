"""The Danish stemmer, which is loaded without those of the package's other languages."""

import subprocess
import sys

import pytest
import snowballstemmer

from jobsamtale_tui.reference import positions

WORDS = "lagermedarbejdere pædagogmedhjælper rengøringsassistenter sosu-hjælper buschauffører kokke sælgerne løb å"


@pytest.mark.parametrize("word", WORDS.split())
def test_stems_are_those_of_the_package(word: str) -> None:
    assert positions.stem(word) == snowballstemmer.stemmer("danish").stemWord(word)


def test_other_languages_are_not_loaded() -> None:
    script = (
        "import sys; from jobsamtale_tui.reference import positions; positions.stem('kokke');"
        " print([name for name in sys.modules if name.endswith('_stemmer')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['snowballstemmer_danish.danish_stemmer']"
