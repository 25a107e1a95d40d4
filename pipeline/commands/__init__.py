"""The `newswire` command: one module a family of subcommands, assembled in `pipeline.__main__`."""
