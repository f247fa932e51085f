"""Compile every page and mail template, so that a slip in one is found before somebody opens it.

Filters and tests are the application's own, proved by the page tests; here only the language of the templates counts.
Exit code 1 with file and line of each fault.
"""

import sys
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("api", "workflows", "ctg_engine")
LANGUAGE = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])


def fault_in(template: Path) -> str | None:
    """Say where and why a template cannot be read, or None when it can."""
    try:
        LANGUAGE.parse(template.read_text(encoding="utf-8"))
    except TemplateSyntaxError as fault:
        return f"{template.relative_to(ROOT)}:{fault.lineno}: {fault.message}"
    return None


def main() -> int:
    """Check all templates and report."""
    folders = [folder for package in PACKAGES for folder in (ROOT / package).rglob("templates")]
    templates = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    faults = [fault for fault in map(fault_in, templates) if fault]
    for fault in faults:
        sys.stderr.write(fault + "\n")
    sys.stdout.write(f"{len(templates)} templates read, {len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
