"""Sets a page as a PDF: WeasyPrint, with HarfBuzz (hb-subset) taking out of a font what the page needs.

Up to release 62 WeasyPrint has fontTools do that, glyph by glyph in Python: four seconds for every weight of a Japanese font, whatever
stands on the page. Where there is no hb-subset, or a WeasyPrint that does it by itself, nothing is changed.
"""

import os
import subprocess
import sys
import tempfile

try:
    from weasyprint.__main__ import main
except ImportError:
    os.execvp("weasyprint", ["weasyprint", *sys.argv[1:]])

DROPPED = "GSUB,GPOS,GDEF,BASE,VORG,vhea,vmtx,DSIG,SVG"


def subset(content, face, glyphs):
    """The font with no other glyphs than these, under the numbers they had; None where it could not be made."""
    with tempfile.NamedTemporaryFile() as whole, tempfile.NamedTemporaryFile() as part:
        whole.write(content)
        whole.flush()
        command = [
            "hb-subset", whole.name, f"--face-index={face}", "--gids=" + ",".join(map(str, glyphs)), "--retain-gids",
            "--no-hinting", "--desubroutinize", f"--drop-tables+={DROPPED}", f"--output-file={part.name}"]
        try:
            made = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError:
            return None
        return part.read() if made.returncode == 0 else None


def quicken():
    """Puts the quick way before the slow one, for fonts of one shape without pictures."""
    try:
        from weasyprint.pdf.stream import Font
    except ImportError:
        return
    slow = Font.clean

    def clean(self, cmap):
        plain = self.ttfont is not None and "fvar" not in self.ttfont and not (self.png or self.svg)
        made = subset(self.file_content, self.index, cmap) if cmap and plain else None
        if made:
            self.file_content = made
        else:
            slow(self, cmap)

    Font.clean = clean


quicken()
main(sys.argv[1:])
