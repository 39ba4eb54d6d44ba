"""The files of a host as its users see them: some are the engine's own state, looked at and changed as files."""
