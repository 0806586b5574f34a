"""Reads the words of a file in a fixed layout (版式文件): a PDF by poppler's ``pdftotext``, an OFD (GB/T 33190, a zip of XML) by itself."""

import io
import re
import shutil
import subprocess
import zipfile

from lxml import etree

from tenderproof.testing.bid_tool import Layout, bare
from tenderproof.vocabulary import Blame, Missing, Undecided

_SECONDS, _LARGEST = 60, 200_000_000  # how long the reader may take, how large an OFD may be once unpacked (octets)
_UNREADABLE, _CHINESE = 1, re.compile("[\u4e00-\u9fff]")  # pdftotext ends with 1 where it cannot open the file


def read(octets: bytes) -> Layout:
    """Its kind by its own octets, whatever it is called, and all its words; of no kind if it cannot be opened as one of the two.

    Missing if nothing here reads a PDF; Undecided if one opens and no Chinese word can be read from it: it may be drawn in outlines.
    """
    if octets.startswith(b"%PDF-"):
        return _pdf(octets)
    if zipfile.is_zipfile(io.BytesIO(octets)):
        return _ofd(octets)
    return Layout("", "")


def _pdf(octets: bytes) -> Layout:
    program = shutil.which("pdftotext")
    if program is None:
        raise Missing("nothing on this machine reads the text of a PDF (pdftotext of poppler-utils)", Blame.TOOL)
    try:
        done = subprocess.run([program, "-q", "-", "-"], input=octets, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603 - the octets are its input alone
    except subprocess.TimeoutExpired as error:
        raise Missing(f"pdftotext did not read the PDF within {_SECONDS} s", Blame.TOOL) from error
    if done.returncode == _UNREADABLE:
        return Layout("", "")
    text = bare(done.stdout.decode("utf-8", "replace"))
    if not _CHINESE.search(text):
        raise Undecided("The PDF opens, and no Chinese word can be read from it (outlines, or fonts without a table of characters).")
    return Layout("pdf", text)


def _ofd(octets: bytes) -> Layout:
    """The TextCode of every page, in the order of the archive."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as packed:
            if "OFD.xml" not in packed.namelist():
                return Layout("", "")
            if sum(part.file_size for part in packed.infolist()) > _LARGEST:
                raise Missing(f"the OFD has more than {_LARGEST} octets once unpacked", Blame.TOOL)
            roots = [etree.fromstring(packed.read(name), parser) for name in packed.namelist() if name.endswith("Content.xml")]
    except (etree.XMLSyntaxError, zipfile.BadZipFile):
        return Layout("", "")
    return Layout("ofd", bare("".join("".join(code.itertext()) for root in roots for code in root.iter("{*}TextCode"))))
