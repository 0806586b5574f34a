# ruff: noqa: INP001 - a script, no package
"""Write specs/openapi/trading.yaml anew from the routes of the reference and the files kept beside it."""

from contract.document import CONTRACT, document, written

if __name__ == "__main__":
    CONTRACT.write_text(written(document()), encoding="utf-8")
