"""The app's own colours. Textual's other themes can be chosen too; these are the ones whose contrast is tested."""

from rich.terminal_theme import TerminalTheme
from textual.theme import Theme

_PLAIN = {"button-color-foreground": "#ffffff"}

DARK = Theme(
    name="dark",
    primary="#3b8fd6",
    secondary="#7fb3dd",
    accent="#ffb454",
    warning="#ffb454",
    error="#ff8095",
    success="#7fd699",
    foreground="#e6e6e6",
    background="#121417",
    surface="#1d2126",
    panel="#252b33",
    dark=True,
    variables={
        **_PLAIN,
        "dim": "#a9b1bb",
        "title-background": "#2c4a66",
        "title-foreground": "#ffffff",
        "field-focus": "#2f3742",
        "warn-background": "#5a4218",
        "warn-foreground": "#ffdca8",
        "heading": "#8cc4f5",
        "scrollbar": "#6f7f90",
        "scrollbar-hover": "#6f7f90",
        "scrollbar-active": "#6f7f90",
        "scrollbar-background": "#121417",
        "scrollbar-corner-color": "#121417",
        "text-primary": "#8cc4f5",
        "text-success": "#7fd699",
        "text-warning": "#ffb454",
        "text-error": "#ff8095",
        "text-muted": "#a9b1bb",
    },
)
LIGHT = Theme(
    name="light",
    primary="#1f5f99",
    secondary="#2f6ea8",
    accent="#8a4500",
    warning="#8a4500",
    error="#a81431",
    success="#1d6b35",
    foreground="#1c1f23",
    background="#fbfbf9",
    surface="#efefeb",
    panel="#e3e6ea",
    dark=False,
    variables={
        **_PLAIN,
        "dim": "#55606b",
        "title-background": "#1f5f99",
        "title-foreground": "#ffffff",
        "field-focus": "#dfe9f3",
        "warn-background": "#ffe2b0",
        "warn-foreground": "#5c2f00",
        "heading": "#17507f",
        "scrollbar": "#6b7783",
        "scrollbar-hover": "#6b7783",
        "scrollbar-active": "#6b7783",
        "scrollbar-background": "#fbfbf9",
        "scrollbar-corner-color": "#fbfbf9",
        "text-primary": "#17507f",
        "text-success": "#1d6b35",
        "text-warning": "#8a4500",
        "text-error": "#a81431",
        "text-muted": "#55606b",
    },
)
CONTRAST = Theme(
    name="contrast",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff9fae",
    success="#66ff8c",
    foreground="#ffffff",
    background="#000000",
    surface="#222222",
    panel="#111111",
    dark=True,
    variables={
        "button-color-foreground": "#000000",
        "dim": "#ffffff",
        "title-background": "#ffffff",
        "title-foreground": "#000000",
        "field-focus": "#1a1a66",
        "warn-background": "#ffff00",
        "warn-foreground": "#000000",
        "heading": "#7fe4ff",
        "scrollbar": "#ffffff",
        "scrollbar-hover": "#ffffff",
        "scrollbar-active": "#ffffff",
        "scrollbar-background": "#000000",
        "scrollbar-corner-color": "#000000",
        "text-primary": "#7fe4ff",
        "text-success": "#66ff8c",
        "text-warning": "#ffff00",
        "text-error": "#ff9fae",
        "text-muted": "#ffffff",
        "border": "#ffffff",
    },
)
_ANSI = {
    "dim": "ansi_default",
    "title-background": "ansi_default",
    "title-foreground": "ansi_default",
    "field-focus": "ansi_default",
    "warn-background": "ansi_default",
    "warn-foreground": "ansi_default",
    "heading": "ansi_default",
    "text-primary": "ansi_default",
    "text-muted": "ansi_default",
    "input-selection-background": "ansi_default",
    "input-selection-foreground": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-background": "ansi_default",
    "block-cursor-text-style": "reverse",
    "block-cursor-blurred-foreground": "ansi_default",
    "block-cursor-blurred-background": "ansi_default",
    "block-cursor-blurred-text-style": "reverse",
    "scrollbar": "ansi_default",
    "scrollbar-hover": "ansi_default",
    "scrollbar-active": "ansi_default",
    "scrollbar-background": "ansi_default",
    "scrollbar-corner-color": "ansi_default",
    "border": "ansi_default",
    "border-blurred": "ansi_default",
}


def _ansi(name: str, dark: bool, accent: str, success: str, error: str) -> Theme:
    """The terminal's own sixteen colours on its own background; what would be a surface is reversed or bold."""
    return Theme(
        name=name,
        ansi=True,
        primary="ansi_default",
        secondary="ansi_default",
        accent=accent,
        warning=accent,
        error=error,
        success=success,
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=dark,
        variables={
            **_ANSI,
            "ansi-background": "ansi_black" if dark else "ansi_white",
            "ansi-foreground": "ansi_white" if dark else "ansi_black",
        },
    )


OWN = (
    DARK,
    LIGHT,
    CONTRAST,
    _ansi("ansi-dark", True, "ansi_bright_yellow", "ansi_bright_green", "ansi_bright_red"),
    _ansi("ansi-light", False, "ansi_blue", "ansi_green", "ansi_red"),
)


ON_DARK = TerminalTheme(
    (18, 20, 23),
    (230, 230, 230),
    [
        (18, 20, 23),
        (255, 150, 150),
        (110, 231, 140),
        (255, 214, 102),
        (140, 190, 255),
        (255, 158, 240),
        (86, 214, 240),
        (230, 230, 230),
    ],
)
ON_LIGHT = TerminalTheme(
    (251, 251, 249),
    (28, 31, 35),
    [
        (28, 31, 35),
        (168, 20, 49),
        (29, 107, 53),
        (122, 80, 0),
        (31, 80, 170),
        (122, 62, 157),
        (0, 100, 135),
        (85, 96, 107),
    ],
)
"""What the sixteen colours of a graph become where there are more: legible on our own backgrounds."""


def defaults(theme: Theme) -> dict[str, str]:
    """Our variables for a theme that does not name them: one of Textual's."""
    colours = theme.to_color_system().generate()
    return {
        "dim": colours["foreground"],
        "title-background": colours["panel"],
        "title-foreground": colours["foreground"],
        "field-focus": colours["surface-lighten-1"],
        "warn-background": colours["panel"],
        "warn-foreground": colours["foreground"],
        "heading": colours["text-primary"],
    }
