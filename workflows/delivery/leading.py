"""The links of letters: to the form of an act, and to the page where things are followed."""

from __future__ import annotations

from workflows.delivery.blocks import Link
from workflows.texts import Texts


def act_link(texts: Texts, act: str, address: str) -> Link:
    """To the form of an act, in the words of the act."""
    label = texts.t(f"command.{act}")
    return Link(texts.t("mail.link.act", link=address), label[:1].upper() + label[1:], address, is_act=True)


def page_link(texts: Texts, address: str) -> Link:
    """To the page that shows what a letter is about."""
    return Link(texts.t("mail.link.page", link=address), texts.t("mail.label.page"), address)
