"""What we lean on inside Textual beyond its documented interface, and why; a test walks it at every version."""

from typing import NamedTuple


class Lean(NamedTuple):
    """A private name of Textual's: a module's own (`owner` empty), or one of a class."""

    module: str
    owner: str
    name: str
    why: str


_BYTES = "every byte is taken; a terminal that is gone or stuck holds nothing up"
_SIZE = "of two sizes one after the other Textual may say the first one last"
_STOPPED = "after `kill -STOP` Textual would begin a second reader beside the first"
_CRASH = "the crash report shows no local variables"
_CELLS = "what is about to be sent, as lines of styled text"
_LINES = "only the lines that an update shows are drawn"
_LONG = "line breaks show, and of a very long value the part around the cursor is drawn"

LEANS = (
    Lean("textual._xterm_parser", "", "XTermParser", _BYTES),
    Lean("textual._xterm_parser", "XTermParser", "_sequence_to_key_events", _BYTES),
    Lean("textual._parser", "Parser", "_timeout_time", _BYTES),
    Lean("textual.drivers.linux_driver", "", "WriterThread", _BYTES),
    Lean("textual.drivers._writer_thread", "", "WriterThread", _BYTES),
    Lean("textual.drivers.linux_driver", "WriterThread", "_queue", _BYTES),
    Lean("textual.drivers.linux_driver", "WriterThread", "_file", _BYTES),
    Lean("textual.drivers.linux_driver", "LinuxDriver", "run_input_thread", _BYTES),
    Lean("textual.driver", "Driver", "_debug", "what the terminal sends can be shown"),
    Lean("textual.driver", "Driver", "_app", "whom keys and sizes are sent to"),
    Lean("textual.driver", "Driver", "_loop", "the terminal is drawn anew on the loop"),
    Lean("textual.drivers.linux_driver", "LinuxDriver", "_get_terminal_size", _SIZE),
    Lean("textual.drivers.linux_driver", "LinuxDriver", "_in_band_window_resize", _SIZE),
    Lean("textual.drivers.linux_driver", "LinuxDriver", "_sigcont_application", _STOPPED),
    Lean("textual.drivers.linux_driver", "LinuxDriver", "_key_thread", _STOPPED),
    Lean("textual.drivers.linux_driver", "LinuxDriver", "_must_signal_resume", _STOPPED),
    Lean("textual.driver", "Driver", "_auto_restart", _STOPPED),
    Lean(
        "textual.drivers.linux_driver",
        "LinuxDriver",
        "_file",
        "with `2>file` the app draws on the terminal, and the file gets what goes wrong",
    ),
    Lean("textual.driver", "Driver", "_mouse", "mouse reports that nobody asked for do nothing"),
    Lean("textual.app", "App", "on_event", "the one place that every key passes before it is given to a widget"),
    Lean("textual.app", "App", "_check_bindings", "a key's command is looked for before the key is sent to the focus"),
    Lean("textual.app", "App", "_exit", "an app on its way out gives out no key, and asks for nothing more"),
    Lean(
        "textual.message_pump",
        "MessagePump",
        "_parent",
        "where what a key was given to was taken off, its end has to be asked for anew",
    ),
    Lean("textual.app", "App", "_watch_app_focus", "a window that loses the focus must not leave the field"),
    Lean("textual.app", "App", "_fatal_error", _CRASH),
    Lean("textual.app", "App", "_exit_renderables", _CRASH),
    Lean("textual.message_pump", "MessagePump", "_close_messages_no_wait", _CRASH),
    Lean("textual.app", "App", "_filters", "no colour at all with `NO_COLOR`"),
    Lean("textual.app", "App", "_clipboard", "what is copied goes to the terminal in the wrapping that passes"),
    Lean("textual.app", "App", "_driver", "the same, and what the terminal shows is the driver's"),
    Lean("textual.app", "App", "_display", _CELLS),
    Lean("textual._compositor", "", "LayoutUpdate", _CELLS),
    Lean("textual._compositor", "", "ChopsUpdate", _CELLS),
    Lean("textual._compositor", "", "CompositorUpdate", _CELLS),
    Lean("textual._compositor", "", "Compositor", _LINES),
    Lean("textual._compositor", "Compositor", "_get_renders", _LINES),
    Lean("textual.screen", "Screen", "_compositor", _LINES),
    Lean("textual.dom", "DOMNode", "_bindings", "what the palette does and the help tells"),
    Lean("textual.widgets", "Input", "_value", _LONG),
    Lean("textual.widgets", "Input", "_position_to_cell", _LONG),
    Lean("textual.widgets", "Input", "_cursor_offset", _LONG),
)
