"""Every text that is marked in the code is found, wherever in an expression it stands."""

from pathlib import Path

import pytest

from scripts import translations

CODE = """\
said = f"{place}: {_('as it was')}" + _(SENTENCES.get(kind, N_("cannot be " "read")))
told = ngettext("{count} note", "{count} notes", count), _(variable), other("not this")
"""


def test_texts_in_f_strings_and_other_calls_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    monkeypatch.setattr(translations, "SOURCE", tmp_path)
    found = {message.id for message in translations.extracted() if message.id}
    assert found == {"as it was", "cannot be read", ("{count} note", "{count} notes")}
