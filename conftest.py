"""Plain ``pytest suites --candidate FILE`` works too: whoever asks for the suites gets the plugin that they need."""

from pathlib import Path

import pytest

_SUITES = Path(__file__).resolve().parent / "suites"


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Load the engine's plugin, with its options, when suites are asked for, and only then."""
    config = pluginmanager.get_plugin("pytestconfig")
    assert isinstance(config, pytest.Config)
    asked = [config.invocation_params.dir / arg.partition("::")[0] for arg in config.known_args_namespace.file_or_dir]
    if any(path.resolve().is_relative_to(_SUITES) for path in asked):
        pluginmanager.import_plugin("tenderproof.plugin")
