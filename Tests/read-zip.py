"""Reads a ZIP file from standard input with Python's own reader. Writes a line for each file: its name, whether the name
says that it is UTF-8, its size, and the SHA-256 of what is in it."""

import hashlib
import io
import sys
import zipfile

archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert archive.testzip() is None
for item in archive.infolist():
    content = archive.read(item)
    is_utf8 = bool(item.flag_bits & 0x800) or item.filename.isascii()
    print(item.filename, is_utf8, len(content), hashlib.sha256(content).hexdigest(), sep="\t")
