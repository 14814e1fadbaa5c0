"""Which positions are the same kind of work, by the table that ships: made-up pairs as people write them."""

from pathlib import Path

import pytest

from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.method.positions import differ, families_of, fits
from jobsamtale_tui.reference.positions import table

SAME = """pædagogmedhjælper=pædagogisk medhjælper|lagermedarbejder=lagerarbejder|stilladsmontør=stilladsarbejder
Lagermedarbejdere=lagermand|tømrer=tømrersvend|kok=kokke|sosu-hjælper=social- og sundhedshjælper
SOSU-assistent=plejemedhjælper|buschauffør=chauffør på varevogn|salgsassistent=butiksassistent|kassedame=ekspedient
rengøringsassistent=rengøring på skole|it-supporter=IT medarbejder|flisemurer=murer|bogholder=regnskabsassistent
kontorassistent=administrativ medarbejder|gartner=anlægsgartner|pædagog=pædagogmedhjælper i børnehave
dagplejer=medhjælper i vuggestue|truckfører=lagermedarbejder|revisorassistent i fleksjob=revisorassistent
pedel=teknisk servicemedarbejder|opvasker=køkkenmedhjælper|arkivmedarbejder=frivillig på lokalarkivet
biblioteksassistent=medarbejder på biblioteket|svejser=smed|journalist=kommunikationsmedarbejder
lastbilchauffør=taxichauffør|sygehjælper=hjemmehjælper|fisker=fiskere|optiker=optikerassistent|urmager=urmagere
urmager=urmageren|tandtekniker=tandteknikere|skorstensfejer=skorstensfejerlærling|kranfører=kranførere
vikar=sygeplejerske|kok=vikar|ufaglært=laborant|bioanalytiker=laborant|receptionist=hotelmedarbejder
kontrollant=kontrollanter|glarmester=glarmesteren|frisørelev=frisør|produktionsmedarbejder=fabriksarbejder
slagteriarbejder=procesoperatør|tjener=servering på café|læge=lægen|maler=malere|=tømrer|???=tømrer"""
DIFFERENT = """stilladsmontør=pædagogmedhjælper|stilladsmontør=tømrer|stilladsmontør=teknisk servicemedarbejder
køkkenmontør=køkkenmedhjælper|sygeplejerske=sosu-hjælper|lærer=lærling hos en smed|pædagog=folkeskolelærer
buschauffør=butiksassistent|kok=kontorassistent|maler=murer|svejser=kontrollant|lagermedarbejder=rengøringsassistent
bankassistent=bogholder|bankassistent=butiksassistent|it-supporter=elektriker|sygehjælper=oplærer|laborant=landmand
havnearbejder=lagermedarbejder|vagt=rengøringsassistent|taxichauffør=kok|frisør=tjener|negletekniker=montør
gartner=gårdmand|fotograf=grovvaresælger|vindmøllemontør=stilladsmontør|urmager=skomager|bedemand=vicevært
kranfører=truckfører|lægesekretær=læge|klinikassistent=kontorassistent|avisomdeler=buschauffør
ingeniør=sosu-assistent"""


def pairs(texts: str) -> list[tuple[str, str]]:
    return [(one, other) for pair in texts.replace("\n", "|").split("|") for one, _, other in [pair.partition("=")]]


def test_positions_of_the_same_kind_are_not_taken_for_a_mismatch() -> None:
    known, _broken = table()
    assert [pair for pair in pairs(SAME) if differ(*pair, known) or differ(pair[1], pair[0], known)] == []
    assert len(pairs(SAME) + pairs(DIFFERENT)) > 60


def test_positions_of_another_kind_are() -> None:
    known, _broken = table()
    assert [pair for pair in pairs(DIFFERENT) if not (differ(*pair, known) and differ(pair[1], pair[0], known))] == []


def test_a_position_has_its_industries_and_fits_one_of_several() -> None:
    known, _broken = table()
    assert [family.name.da for family in families_of("Lagermedarbejdere", known)] == ["lager og logistik"]
    assert fits("truckfører", ["kok", "lagerarbejder"], known)
    assert not fits("truckfører", ["kok", "murer"], known)
    assert not fits("truckfører", [], known)


OWN = '[[family]]\nkey = "byen"\nname = { da = "spildevand" }\nwords = ["rotte*", "kloak*"]\n'


def test_a_municipality_adds_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert differ("rottefænger", "kloakmester", table()[0])
    (tmp_path / "positions").mkdir()
    (tmp_path / "positions" / "byen.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path))
    known, broken = table()
    assert broken is None
    assert not differ("rottefænger", "kloakmester", known)
    assert not differ("truckfører", "lagerarbejder", known)


@pytest.mark.parametrize(
    "text", ["[[family]]\nkey = 1", 'endings = [""]', "endings = 3", "[[", '[[family]]\nname = "x"']
)
def test_a_broken_file_is_named_and_the_shipped_table_stands(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "positions").mkdir()
    (tmp_path / "positions" / "byen.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path))
    known, broken = table()
    assert broken is not None
    assert "byen.toml" in broken
    assert not differ("truckfører", "lagerarbejder", known)


def test_a_broken_list_of_topics_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jobsamtale_tui.casework.facts.briefing import topics
    from jobsamtale_tui.method.preparing import REASONS

    assert set(topics()) == set(REASONS)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "proposals.toml").write_text('proposal = [{ reason = "no_goal", topic = "" }]')
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path))
    with pytest.raises(RefusedError, match=r"proposals\.toml"):
        topics()
