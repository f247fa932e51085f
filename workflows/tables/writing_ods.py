"""An export as a workbook of LibreOffice. odfdo is loaded when one is made: few processes ever make one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from workflows.tables.exporting import Exported, Page
from workflows.tables.fields import IDENTITY
from workflows.tables.opening import IDENTITY as HIDDEN

_DAY: Final = (
    '<number:date-style style:name="ctg-day" number:automatic-order="false"><number:day number:style="long"/>'
    '<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>'
)
_STYLES: Final = (
    _DAY,
    '<style:style style:name="ctg-date" style:family="table-cell" style:data-style-name="ctg-day"/>',
    '<style:style style:name="ctg-head" style:family="table-cell"><style:table-cell-properties '
    'fo:background-color="#dbe6f0" fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold"/></style:style>',
    '<style:style style:name="ctg-hidden" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>",
    '<style:style style:name="ctg-wide" style:family="table-column"><style:table-column-properties '
    'style:column-width="6cm"/></style:style>',
)


def write_ods(exported: Exported) -> bytes:
    """Its bytes: a frozen head, closed lists, real dates; the identity on a hidden sheet."""
    from odfdo import Document, Element, Row, Table

    document = Document("ods")
    document.body.clear()
    for style in _STYLES:
        document.insert_style(style, automatic=True)
    pages = (exported, *exported.annexes)
    document.body.append(Element.from_tag(_validations(pages)))
    for number, page in enumerate(pages):
        document.body.append(_page(page, number))
    hidden = Table(HIDDEN, style="ctg-hidden")
    for key, value in exported.identity.said.items():
        row = Row()
        row.append_cell(_cell(key))
        row.append_cell(_cell(value))
        hidden.append_row(row)
    document.body.append(hidden)
    _freeze(document, [page.title for page in pages])
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _page(page: Page, number: int) -> Any:
    """One sheet; `number`: whose closed lists are its."""
    from odfdo import Row, Table

    codes = tuple(page.heads)
    table = Table(page.title)
    head = Row()
    for code in codes:
        head.append_cell(_cell(page.heads[code], style="ctg-head"))
    table.append_row(head)
    for one in page.rows:
        row = Row()
        for code in codes:
            row.append_cell(_cell(one.get(code), rule=f"ctg-{number}-{code}" if page.lists.get(code) else ""))
        table.append_row(row)
    for column in table.columns:
        column.style = "ctg-wide"
        table.set_column(column.x or 0, column)
    _hide_identity(table, codes)
    return table


def _cell(value: Any, *, style: str = "", rule: str = "") -> Any:
    from odfdo import Cell, Paragraph

    cell = Cell(
        value if value not in (None, "") else None, style=style or ("ctg-date" if isinstance(value, date) else None)
    )
    if isinstance(value, str) and "\n" in value:  # lines of a cell are paragraphs: programs keep these apart
        cell.clear()
        cell.set_attribute("office:value-type", "string")
        for one in value.split("\n"):
            cell.append(Paragraph(one))
    if rule:
        cell.set_attribute("table:content-validation-name", rule)
    return cell


def _hide_identity(table: Any, codes: tuple[str, ...]) -> None:
    """The first column is for the machine."""
    column = table.get_column(codes.index(IDENTITY))
    column.set_attribute("table:visibility", "collapse")
    table.set_column(codes.index(IDENTITY), column)


def _validations(pages: Sequence[Page]) -> str:
    """The closed lists, as rules that cells name."""
    rules = []
    for number, page in enumerate(pages):
        for code, names in page.lists.items():
            if not names:
                continue
            listed = ";".join('"' + one.replace('"', '""') + '"' for one in names)
            condition = quoteattr(f"of:cell-content-is-in-list({listed})")
            rules.append(
                f'<table:content-validation table:name="ctg-{number}-{code}" table:condition={condition} '
                'table:allow-empty-cell="true"><table:error-message table:message-type="warning" '
                'table:display="true"/></table:content-validation>'
            )
    return f"<table:content-validations>{''.join(rules)}</table:content-validations>"


def _freeze(document: Any, titles: Sequence[str]) -> None:
    """The heads stay in sight: a setting of the view, beside the content."""
    from odfdo import Element

    items = (
        ("HorizontalSplitMode", "short", "0"),
        ("VerticalSplitMode", "short", "2"),
        ("VerticalSplitPosition", "int", "1"),
        ("PositionBottom", "int", "1"),
    )
    told = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, kind, value in items
    )
    entries = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(one)}>{told}</config:config-item-map-entry>"
        for one in titles
    )
    document.get_part("settings.xml").root.get_element("office:settings").append(
        Element.from_tag(
            '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed '
            'config:name="Views"><config:config-item-map-entry><config:config-item-map-named config:name="Tables">'
            f"{entries}"
            "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
            "</config:config-item-set>"
        )
    )
