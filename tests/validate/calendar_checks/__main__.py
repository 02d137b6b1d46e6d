"""Reads iCalendar files with a library that is not ours, and asserts what RFC 5545 asks of their to-dos or events."""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar

STATUS = {"NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"}


def files(arguments):
    for argument in map(Path, arguments):
        yield from sorted(argument.rglob("*.ics")) if argument.is_dir() else [argument]


def faults_of_lines(data):
    if not data.endswith(b"\r\n") or b"\n" in data.replace(b"\r\n", b"") or b"\r" in data.replace(b"\r\n", b""):
        yield "a line does not end in CR LF"
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if len(line) > 75:
            yield f"line {number} has {len(line)} bytes; 75 are allowed"
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield f"line {number} is folded within a character"


def faults_of_any(entry, names):
    for error in entry.errors:
        yield f"cannot be read: {error}"
    for name in ("UID", "DTSTAMP", "SUMMARY", *names):
        if not entry.get(name) or isinstance(entry.get(name), list):
            yield f"{name} is not there just once"
    stamp = entry.decoded("DTSTAMP", None)
    if not isinstance(stamp, datetime) or stamp.utcoffset() != timedelta(0):
        yield "DTSTAMP is not a time in UTC"


def faults_of_event(event):
    yield from faults_of_any(event, ["DTSTART"])
    start, end = event.decoded("DTSTART", None), event.decoded("DTEND", None)
    if end is not None and (type(start) is not type(end) or end <= start):
        yield "DTEND is not after DTSTART"


def faults_of_todo(todo):
    yield from faults_of_any(todo, ["DESCRIPTION", "STATUS", "CATEGORIES"])
    due = todo.decoded("DUE", date.min)
    if isinstance(due, datetime) or not isinstance(due, date):
        yield "DUE is not a date"
    if str(todo.get("STATUS")) not in STATUS:
        yield f"STATUS is {todo.get('STATUS')}"
    if "COMPLETED" in todo and not isinstance(todo.decoded("COMPLETED"), datetime):
        yield "COMPLETED is not a time"
    if not 0 <= int(todo.get("PRIORITY", 0)) <= 9:
        yield "PRIORITY is not between 0 and 9"


def faults(data):
    yield from faults_of_lines(data)
    calendar = Calendar.from_ical(data)
    for name in ("VERSION", "PRODID"):
        if not calendar.get(name):
            yield f"{name} is missing"
    todos, events = calendar.walk("VTODO"), calendar.walk("VEVENT")
    if not todos and not events:
        yield "there is no to-do in it, and no event"
    if len(todos) + len(events) != len(calendar.subcomponents):
        yield "there is something in it that is neither a to-do nor an event"
    uids = [str(entry.get("UID")) for entry in todos + events]
    for uid in sorted({uid for uid in uids if uids.count(uid) > 1}):
        yield f"UID {uid} is there {uids.count(uid)} times"
    for todo in todos:
        yield from (f"{todo.get('UID')}: {fault}" for fault in faults_of_todo(todo))
    for event in events:
        yield from (f"{event.get('UID')}: {fault}" for fault in faults_of_event(event))


def main():
    found = list(files(sys.argv[1:]))
    if not found:
        print("calendar: nothing to check", file=sys.stderr)
        sys.exit(2)
    faulty = 0
    for file in found:
        try:
            of_file = list(faults(file.read_bytes()))
        except ValueError as error:
            of_file = [f"cannot be read: {error}"]
        faulty += bool(of_file)
        print(f"{'FAULTY' if of_file else 'valid '}  {file}")
        for fault in of_file:
            print(f"        {fault}")
    print(f"{len(found)} checked, {faulty} faulty")
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
