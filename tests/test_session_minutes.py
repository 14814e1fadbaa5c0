"""How long a session is planned for: from the configuration, the environment or the default."""

import pytest

from jobsamtale_tui import settings
from jobsamtale_tui.errors import UsageError


def write(text: str) -> None:
    path = settings.config_path()
    path.parent.mkdir(parents=True)
    path.write_text(text)


def test_the_default_is_three_quarters_of_an_hour() -> None:
    assert settings.load().session_minutes == 45


def test_file_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    write("session_minutes = 30\n")
    assert settings.load().session_minutes == 30
    monkeypatch.setenv("JOBSAMTALE_SESSION_MINUTES", "60")
    found = settings.load()
    assert (found.session_minutes, found.origin["session_minutes"]) == (60, "JOBSAMTALE_SESSION_MINUTES")


@pytest.mark.parametrize("text", ["true", '"45"', "4.5", "[45]"])
def test_of_the_wrong_kind(text: str) -> None:
    write(f"session_minutes = {text}\n")
    with pytest.raises(UsageError, match=r"session_minutes from .* is of the wrong kind"):
        settings.load()


@pytest.mark.parametrize("text", ["0", "1441"])
def test_no_length_of_a_session(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("JOBSAMTALE_SESSION_MINUTES", text)
    with pytest.raises(UsageError, match="no length of a session"):
        settings.load()


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBSAMTALE_SESSION_MINUTES", "")
    assert settings.load().session_minutes == 45


@pytest.mark.parametrize("text", ["-5", "45 min", "٤٥"])
def test_no_number_in_the_environment(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("JOBSAMTALE_SESSION_MINUTES", text)
    with pytest.raises(UsageError, match="wrong kind"):
        settings.load()
