"""``symlint lsp``: a language server for editors."""

from __future__ import annotations

import click

from symlint.annotations import Final
from symlint.cli.options import debug_option
from symlint.cli.stopping import status_of
from symlint.lint.errors import UsageError

HELP: Final = """\
Serve an editor over standard input and output, by the Language Server Protocol: findings and their
fixes while you type, values and where they come from, definitions through modules.

It is an extra: pip install 'symlint[lsp]'. docs/editors.md says how to set up editors.
"""


@click.command("lsp", help=HELP)
@click.option(
    "--trust-config",
    is_flag=True,
    envvar="SYMLINT_TRUST_CONFIG",
    help="Run the Python code of the rules that configuration files name. An editor can say so, "
    "too, of a workspace that its user trusts.",
)
@click.option(
    "--stdio", is_flag=True, hidden=True, help="What some editors add; it is the default."
)
@debug_option
def command(trust_config: bool, stdio: bool) -> None:
    """Serve until the client says that it is enough."""
    try:
        from symlint.language_server.serving.start import leave, serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise UsageError(
            "the language server needs pygls; run: pip install 'symlint[lsp]'"
        ) from error
    from symlint.language_server.workspace import Settings

    try:
        status = serve(Settings(trusted=trust_config))
    except KeyboardInterrupt as stopped:
        status = status_of(stopped)
    leave(status)
