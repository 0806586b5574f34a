"""The bundle (证据包): what leaves the harness so that a stranger can verify it later, without us and without the platform."""
