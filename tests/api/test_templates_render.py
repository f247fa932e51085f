"""Every page, in every state that changes its shape, in both languages: nothing undefined, unworded or unreachable."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from api.pages.addresses import PATHS
from api.pages.contexts import STATUSES, ErrorPage, Phrase
from api.pages.pictures import SHAPES
from api.pages.rendering import TEMPLATES, PageRenderer
from tests.api import page_samples
from tests.markup import Attributes, Markup
from workflows.texts import LANGUAGES, MissingText, Texts

SAMPLES = page_samples.samples()
STATIC = TEMPLATES.parent / "static"
RENDERER = PageRenderer()
OF_TERRITORY = {f"{name}.html" for name in (*PATHS, "territory", "annulled", "form")}
VOID = {"meta", "link", "input", "br", "path", "line", "rect", "circle"}
MESSAGE_CALL = re.compile(r"""\b(?:t|counted)\(\s*["']([a-z][\w.-]*[\w])["']""")


class Page(Markup):
    """What a reader or a browser finds in a page: its text, its elements, their attributes."""

    def __init__(self, html: str) -> None:
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def read(self) -> str:
        """All that is read: texts, and the attributes that are spoken or shown."""
        spoken = (
            value
            for _, attributes in self.elements
            for name, value in attributes.items()
            if name in ("aria-label", "title", "data-label", "content")
        )
        return "\n".join([*self.text, *spoken])

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of every element of these tags."""
        return [attributes for tag, attributes in self.elements if tag in tags]


def rendered(name: str, language: str) -> Page:
    """A sample as a browser gets it."""
    template, page = SAMPLES[name]
    place = "territory" if template in OF_TERRITORY else "department"
    shell = page_samples.shell(language, place=place, signed_in=name != "sign-in")
    return Page(RENDERER.render(template, shell, page))


def families() -> str:
    """The first words of all message ids, as a pattern."""
    return "|".join(sorted({re.escape(key.partition(".")[0]) for key in Texts("fr").messages}, key=len, reverse=True))


RAW_KEY = re.compile(rf"\b(?:{families()})\.[A-Za-z_][\w-]*")


def test_every_page_template_has_a_sample() -> None:
    pages = {path.name for path in TEMPLATES.glob("*.html") if not path.name.startswith("_")} - {"base.html"}
    assert pages == {template for template, _ in SAMPLES.values()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_page_is_worded_in_full(name: str, language: str) -> None:
    text = rendered(name, language).read()
    assert not re.search(r"\b(None|True|False|Undefined|Phrase|date(time)?\.)\b", text)
    assert not RAW_KEY.findall(text)
    assert not re.search(r"[{}]", text), "a parameter was left in braces"
    assert not re.search(r"\b[A-Z]+_[A-Z_]+\b", text), "a code was left unworded"
    assert "''" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_page_can_be_found_read_and_left(name: str, language: str) -> None:
    page = rendered(name, language)
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert Texts(language).t("page.demo") in page.read()
    assert all(attributes.get("href") for attributes in page.all("a"))
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert [found for found, times in ids.items() if times > 1] == []
    for _, attributes in page.elements:
        for reference in ("for", "aria-labelledby", "aria-describedby"):
            assert set(attributes.get(reference, "").split()) <= set(ids), f"{reference} leads nowhere"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_strict_content_policy_holds(name: str) -> None:
    page = rendered(name, "fr")
    assert not page.all("style")
    assert [attributes for attributes in page.all("script") if "src" not in attributes] == []
    for tag, attributes in page.elements:
        assert not {at for at in attributes if at == "style" or at.startswith("on")}, tag
        for at in ("src", "href", "action"):
            assert not attributes.get(at, "").startswith(("http:", "https:", "//", "javascript:"))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_field_has_a_name_people_hear(name: str) -> None:
    page = rendered(name, "fr")
    labelled = {attributes.get("for") for attributes in page.all("label")}
    for field in page.all("input", "select", "textarea"):
        if field.get("type") != "hidden":
            assert field.get("id") in labelled or field.get("aria-label"), field


def test_every_post_carries_its_guard() -> None:
    for name, (template, sample) in SAMPLES.items():
        html = RENDERER.render(template, page_samples.shell("fr", signed_in=name != "sign-in"), sample)
        for form in re.findall(r'<form[^>]*method="post".*?</form>', html, flags=re.DOTALL):
            assert 'name="csrf_token" value="jeton"' in form, name


def test_form_keeps_what_was_typed_and_leads_to_each_error() -> None:
    page = rendered("form", "fr")
    inputs = {attributes.get("name"): attributes for attributes in page.all("input")}
    assert inputs["idempotency_key"]["value"] == "5b8e8f3e"
    assert inputs["expected_version"]["value"] == "17"
    assert inputs["forum"]["value"] == "f1"
    assert inputs["occurred_on"]["value"] == "2027-01-02"
    assert inputs["attendance.count.TECHNICAL"]["value"] == "9"
    assert inputs["attendance.count.USAGE"]["value"] == ""
    assert inputs["evidence.0.sha256"]["value"] == "abc"
    ticked = {field["value"] for field in page.all("input") if "checked" in field}
    assert ticked == {"YOUTH", "USAGE.OFFER"}
    assert any("Une phrase déjà <saisie>." in text for text in page.text)
    ids = {attributes.get("id") for _, attributes in page.elements}
    errors = {link["href"] for link in page.all("a") if link["href"].startswith("#f-")}
    assert errors == {"#f-place", "#f-occurred_on"}
    assert {error.removeprefix("#") for error in errors} <= ids


def test_the_enter_key_records_rather_than_adds_a_line() -> None:
    first = next(button for button in rendered("form", "fr").all("button") if button.get("class") != "quiet")
    assert "name" not in first


def test_refusal_and_conflict_say_what_happened_above_the_form() -> None:
    refused = "".join(rendered("form-refused", "fr").text)
    assert "Deux règles de la méthode s’y opposent" in refused
    assert page_samples.R06.text in refused
    assert "Tenez un forum avec des usagers." in refused
    stale = "".join(rendered("form-stale", "fr").text)
    assert "Votre formulaire était ouvert avant cet enregistrement." in stale
    assert "17" not in stale, "no number of the register is told"


def test_department_answers_first_and_in_words() -> None:
    page = rendered("department", "fr")
    text = "".join(page.text)
    assert "où en sont les quinze territoires" in text
    assert (
        "Deux territoires sont en retard, trois sont à surveiller, un n’a pas de convention. "
        "Neuf avancent comme prévu." in text
    )
    english = "".join(rendered("department", "en").text)
    assert "Two territories are late, three are to be watched, one has no convention." in english


def test_each_status_is_a_shape_and_a_word_and_not_only_a_colour() -> None:
    words = {Texts("fr").t(f"status.{status}") for status in STATUSES}
    assert len(words) == len(STATUSES) == len(set(SHAPES.values()))
    assert set(SHAPES) == set(STATUSES)
    shell = page_samples.shell("fr")
    html = "".join(RENDERER.render(*(SAMPLES[one][0], shell, SAMPLES[one][1])) for one in ("today", "partners"))
    pills = re.findall(r'<span class="status status-([\w-]+)">(.*?)</span>', html, flags=re.DOTALL)
    assert {status for status, _ in pills} >= {"late", "watch", "done", "irregular", "not-started"}
    for status, inside in pills:
        assert SHAPES[status] in inside
        assert Texts("fr").t(f"status.{status}") in inside.replace("&#39;", "'")


def test_both_dates_are_told_where_they_differ() -> None:
    text = " ".join("".join(rendered("audit", "fr").text).split())
    assert "18 sept. 2024" in text
    assert "enregistré le 2 nov. 2024" in text
    assert page_samples.SHA in text


def test_fingerprints_and_places_in_the_register_are_one_click_deeper() -> None:
    html = RENDERER.render("journal.html", page_samples.shell("fr"), page_samples.audit())
    shown = re.sub(r'<details class="entry-menu">.*?</details>', "", html, flags=re.DOTALL)
    assert page_samples.SHA in html
    assert page_samples.SHA not in shown
    assert "Rang dans le registre" in html
    assert "Rang dans le registre" not in shown


def test_messages_are_shown_on_any_page() -> None:
    shell = replace(page_samples.shell("fr"), messages=page_samples.MESSAGES)
    text = "".join(Page(RENDERER.render("error.html", shell, ErrorPage(404, "/"))).text)
    assert "Les partenaires ont confirmé leur engagement." in text
    assert "le thème n’est pas encore croisé" in text


def test_without_demonstration_no_page_says_so() -> None:
    shell = replace(page_samples.shell("fr"), demo=False)
    html = RENDERER.render("department.html", shell, page_samples.department())
    assert "Démonstration" not in html


def test_an_undefined_name_is_an_error_not_a_hole() -> None:
    with pytest.raises(UndefinedError):
        RENDERER.render("department.html", page_samples.shell("fr"), object())


def test_an_unknown_message_is_an_error_not_a_raw_key() -> None:
    page = replace(page_samples.committee(), answer=(Phrase("answer.unheard-of"),))
    with pytest.raises(MissingText):
        RENDERER.render("committee.html", page_samples.shell("fr"), page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_a_template_names_exists(language: str) -> None:
    messages = Texts(language).messages
    named = {key for path in TEMPLATES.glob("*.html") for key in MESSAGE_CALL.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 150
    assert sorted(named - set(messages)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_can_be_picked_in_the_audit_trail_by_a_short_name(language: str) -> None:
    texts = Texts(language)
    assert set(texts.codes("fact")) == set(texts.codes("event"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phase_has_a_word_short_enough_for_a_square_of_the_map(language: str) -> None:
    texts = Texts(language)
    assert set(texts.codes("phase-short")) == {*texts.codes("phase"), "NOT_COVERED"}
    assert max(len(texts.word("phase-short", code)) for code in texts.codes("phase-short")) <= 11


def tokens(css: str) -> dict[str, str]:
    """The colours of one block of the style sheet."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", css))


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = (int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4))
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("block", [0, 1, 2], ids=["light", "dark", "print"])
def test_words_stand_out_from_their_ground(block: int) -> None:
    css = (STATIC / "ctg.css").read_text(encoding="utf-8")
    colours = tokens(re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)[block])
    pairs = [
        (ink, ground) for ink in ("ink", "muted", "brand", "late", "watch", "odd") for ground in ("paper", "ground")
    ]
    pairs += [(status, f"{status}-soft") for status in ("ok", "watch", "late", "none", "odd")]
    pairs += [("on-brand", "brand"), ("muted", "none-soft"), ("ink", "ok-soft"), ("ink", "watch-soft")]
    for ink, ground in pairs:
        light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{ink} on {ground}"


def test_no_rule_of_the_style_sheet_is_written_twice() -> None:
    """What two landings both brought would be changed in one place and obeyed in the other."""
    css = (STATIC / "ctg.css").read_text(encoding="utf-8")
    everywhere = re.findall(r"^([^\s@/}][^{]*\{\n(?:  .*\n)+\})", css, flags=re.MULTILINE)
    assert len(everywhere) > 300
    assert [rule for rule in set(everywhere) if everywhere.count(rule) > 1] == []
