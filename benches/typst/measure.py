"""Times whole processes from their start, one after the other, and prints a table.

In: the program, the folder with `book/` and `document.typ`, a number of runs. Out: the median time, the median of the
processors' time, the peak of memory and the size of the PDF. Every run writes to an empty folder.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

program, folder, runs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

FONTS = folder.parents[1] / "templates" / "fonts" / "noto"
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]]%s)"


def typst(out, more=""):
    return [sys.executable, "-c", TYPST % more, folder / "document.typ", out / "document.pdf", FONTS]


COMMANDS = {
    "minutebook: Markdown, HTML and PDF": lambda out: [
        program, "render", folder / "book" / "meeting.yaml", "--to", "md,html,pdf", "--out", out],
    "typst: PDF": typst,
    "typst: PDF, without looking at the system's fonts": lambda out: typst(out, ", ignore_system_fonts=True"),
    "Python and its import of typst, alone": lambda out: [sys.executable, "-c", "import typst"],
}


def run(command):
    """Seconds, seconds of processors and peak memory in MiB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{errors.decode()}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


measured = {name: [] for name in COMMANDS}
sizes = {}
for _ in range(runs):
    for name, command in COMMANDS.items():
        with tempfile.TemporaryDirectory() as out:
            measured[name].append(run(command(Path(out))))
            sizes[name] = sum(pdf.stat().st_size for pdf in Path(out).glob("*.pdf"))

print("| | seconds | processors, seconds | peak memory, MiB | PDF, bytes |")
print("|---|---:|---:|---:|---:|")
for name, results in measured.items():
    seconds = statistics.median(seconds for seconds, _, _ in results)
    processors = statistics.median(processors for _, processors, _ in results)
    memory = max(memory for _, _, memory in results)
    size = f"{sizes[name]:,}" if sizes[name] else ""
    print(f"| {name} | {seconds:.4f} | {processors:.4f} | {memory:.1f} | {size} |")
ours, theirs = (statistics.median(seconds for seconds, _, _ in measured[name]) for name in list(COMMANDS)[:2])
print(f"\nMedian of {runs} runs. typst takes {theirs / ours:.1f} times as long.")
