"""How many subtitle files of the corpus are read right, beside what others reach.

    python -m tests.benchmarks.bench_subtitles_encodings

Compared are ours with the language told and not told, uchardet (what mpv's `sub-codepage=auto`
uses; the command `uchardet` must be installed) and bare charset-normalizer.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from charset_normalizer import from_bytes

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

from make_subtitle_corpus import CUSTOMARY, LENGTHS, Sample, samples

from novastream_desktop.subtitles import decode


def ours(sample: Sample) -> str:
    return decode(sample.data, sample.lang).text


def ours_untold(sample: Sample) -> str:
    return decode(sample.data).text


def ours_mistold(sample: Sample) -> str:
    langs = list(CUSTOMARY)
    return decode(sample.data, langs[(langs.index(sample.lang) + 11) % len(langs)]).text


def charset_normalizer(sample: Sample) -> str:
    return str(from_bytes(sample.data).best() or "").removeprefix("\ufeff")


def uchardet_names(files: Sequence[Sample]) -> dict[int, str]:
    """Return what the command says of each file."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:05d}" for number in range(len(files))]
        for path, sample in zip(paths, files, strict=True):
            path.write_bytes(sample.data)
        said = subprocess.run(
            ["uchardet", *map(str, paths)], capture_output=True, text=True, check=True
        ).stdout
    pairs = (line.rsplit(": ", 1) for line in said.splitlines())
    return {int(Path(path).name): name for path, name in pairs}


def decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name, "replace").removeprefix("\ufeff")
    except LookupError:  # unknown: mpv then takes it as it is
        return data.decode("utf-8", "replace")


NOTE = """
The files are made by `packaging/make_subtitle_corpus.py` of lines of our own in 37 languages, each
in its customary encodings; right is a text equal to the original. Two thirds of the UTF-16 files
have no mark. A broken byte may become a replacement sign and nothing else."""
KINDS = ("code pages", "UTF-16", "UTF-8, one broken byte")


def kind_of(sample: Sample) -> str:
    if sample.encoding == "utf-8-broken":
        return KINDS[2]
    return KINDS[1] if sample.encoding.startswith("utf-16") else KINDS[0]


def composed(text: str) -> str:
    """Vietnamese with its tones apart is right, too."""
    return unicodedata.normalize("NFC", text)


def main() -> None:
    files = list(samples())
    readers: dict[str, Callable[[Sample], str]] = {
        "NovaStream, language told": ours,
        "NovaStream, language not told": ours_untold,
        "NovaStream, a wrong language told": ours_mistold,
    }
    if shutil.which("uchardet"):
        names = uchardet_names(files)
        by_data = {id(sample): names[number] for number, sample in enumerate(files)}
        readers["uchardet (mpv's own)"] = lambda s: decoded(s.data, by_data[id(s)])
    readers["charset-normalizer"] = charset_normalizer
    columns = [*(f"{n} lines" for n in LENGTHS), *KINDS, "all"]
    of = Counter(column for sample in files for column in columns_of(sample))
    print("| files read right | " + " | ".join(f"{c} ({of[c]})" for c in columns), end="")
    print(" | CPU ms a file |\n|---|" + "---|" * (len(columns) + 1))
    for name, read in readers.items():
        right: Counter[str] = Counter()
        begun = time.process_time()
        for sample in files:
            if composed(read(sample)) == composed(sample.text):
                right.update(columns_of(sample))
        spent = 1000 * (time.process_time() - begun) / len(files)
        cells = [f"{right[c] / of[c]:.1%}" for c in columns]
        cells.append("-" if name.startswith("uchardet") else f"{spent:.1f}")
        print(f"| {name} | " + " | ".join(cells) + " |")
    print(NOTE)


def columns_of(sample: Sample) -> tuple[str, str, str]:
    return f"{sample.lines} lines", kind_of(sample), "all"


if __name__ == "__main__":
    main()
