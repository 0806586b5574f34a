"""Transport (传输): what a platform's secure channel agrees to, and what follows from it (docs/transport.md).

An instrument of our own: its hellos are plain octets, so that it sees what the TLS library of this machine would refuse to speak.
"""
