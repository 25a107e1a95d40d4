"""The `newswire` command: wire stories in, statements and events out.

Exit codes: 0 done, 1 something failed, 2 wrong use, 130 stopped by Ctrl-C.
"""

import logging
import sys
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.commands import desk, extracting, look, reading, road, screen
from pipeline.errors import ConfigError, PipelineError

INTERRUPTED = 130
"""What typer ends with after Ctrl-C, as shells do."""

app = typer.Typer(
    help=(__doc__ or "").partition("\n")[0],
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    epilog="Settings are NEWSWIRE_… in the environment or newswire.toml: see docs/settings.md.",
)
road.add_to(app)
extracting.add_to(app)
reading.add_to(app)
desk.add_to(app)
look.add_to(app)


@app.callback(invoke_without_command=True)
def options(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log what is done, and show the trace of an error.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """What holds for every subcommand."""
    if version:
        screen.out.print(f"newswire {__version__}")
        raise typer.Exit
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR,
        stream=sys.stderr,
        format="%(levelname)s %(name)s: %(message)s",
    )


def main() -> None:
    """Run the command; an error is one line, unless --verbose asks for its trace."""
    try:
        app(prog_name="newswire")
    except PipelineError as error:
        if {"-v", "--verbose"} & set(sys.argv[1:]):
            raise
        screen.complain(str(error))
        sys.exit(2 if isinstance(error, ConfigError) else 1)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            screen.complain("stopped; run it again to go on where it was")
        raise


if __name__ == "__main__":
    main()
