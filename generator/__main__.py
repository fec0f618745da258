"""The command `playbook`, also as `python -m generator`.

Knows nothing but where the command is: loading it takes longer than many a command runs, and
Ctrl-C means the end from the first moment on.
"""

import gc
import signal


def run() -> None:
    """Runs the command. While that is still being loaded nothing has to be tidied up, so the
    system ends the process by itself; where Ctrl-C is to be ignored it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # nothing that is loaded is ever garbage, and to look for it takes a sixth of it
    from generator import cli

    cli.run()


if __name__ == "__main__":
    run()
