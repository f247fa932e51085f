"""`ctg profile`: method profiles as files and as published: checked, shown, compared, drawn, published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from ctg_engine.commands import changing_methods
from ctg_engine.faults import BadInput, Failed
from ctg_engine.places import store_exists
from ctg_engine.settings import read_settings
from ctg_engine.speaking import open_house, voice_of
from domain.method import MethodProfile
from domain.profiles import PublishedProfile, PublishMethodProfile, profile_stream
from projections.what_a_method_says import differences
from projections.which_partners_and_places_are_known import profiles as published_profiles
from workflows.methods.basing import shipped_names
from workflows.methods.diagram import mermaid, svg
from workflows.methods.json_schema import json_schema
from workflows.methods.reader import ProfileError, read_profile, shipped_profile
from workflows.methods.saying import MethodWords, parts_of
from workflows.texts import Texts

FORMATS: Final = ("svg", "mermaid")
Profile = Annotated[str, typer.Argument(metavar="NAME[@VERSION]")]
File = Annotated[Path, typer.Argument(metavar="FILE")]


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    profile = typer.Typer(no_args_is_help=True)
    profile.callback()(_anything)
    profile.command("check")(check)
    profile.command("list")(list_profiles)
    profile.command("show")(show)
    profile.command("diff")(diff)
    profile.command("diagram")(diagram)
    profile.command("publish")(publish)
    profile.command("schema")(schema)
    changing_methods.add_to(profile)
    program.add_typer(profile, name="profile")


def _anything() -> None:
    """Method profiles."""


def check(context: typer.Context, file: File) -> None:
    """Whether a file is a method profile; else everything that is wrong with it."""
    voice = voice_of(context)
    method = _read(file, voice.texts)
    watched = len(method.active_deadlines)
    voice.say("profile.fine", name=_named(method), watched=watched, announced=len(method.deadlines) - watched)


def list_profiles(context: typer.Context) -> None:
    """The methods that ship and those that are published here."""
    voice = voice_of(context)
    here = {(one.name, one.version) for one in _published()}
    known = {(one.name, one.version): one for one in (*_shipped(), *_published())}
    for key, method in sorted(known.items()):
        state = voice.texts.t(f"cli.profile.{'published' if key in here else 'ships'}")
        voice.line(f"{_named(method)}\t{voice.texts.t(method.title_key)}\t{state}")


def show(context: typer.Context, profile: Profile) -> None:
    """What a method says, in words."""
    voice = voice_of(context)
    words = MethodWords(voice.texts, codes=True)
    method = method_named(profile, voice.texts)
    voice.line(f"{_named(method)} · {voice.texts.t(method.title_key)}")
    for part, lines in parts_of(method).items():
        voice.line()
        voice.line(words.part(part))
        subject = ""
        for one in lines:
            if one.subject != subject:
                subject = one.subject
                voice.line(f"  {words.subject(one)}")
            voice.line(f"  {'  ' if one.subject else ''}{words.line(one)}")


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="BEFORE")],
    after: Annotated[str, typer.Argument(metavar="AFTER")],
) -> None:
    """What the second method says otherwise than the first; either may be a file."""
    voice = voice_of(context)
    words = MethodWords(voice.texts, codes=True)
    found = differences(method_named(before, voice.texts), method_named(after, voice.texts))
    for one in found:
        voice.line(words.difference(one))
    if not found:
        voice.say("profile.same")


def diagram(
    context: typer.Context,
    profile: Profile,
    as_format: Annotated[str, typer.Option("--format", metavar="svg|mermaid")] = "svg",
) -> None:
    """The path of a method: its phases, milestones and deadlines."""
    voice = voice_of(context)
    if as_format not in FORMATS:
        raise BadInput("error.not-a-choice", option="--format", value=as_format, allowed=", ".join(FORMATS))
    method = method_named(profile, voice.texts)
    voice.line((svg if as_format == "svg" else mermaid)(method, voice.texts).rstrip())


def publish(context: typer.Context, file: File) -> None:
    """Publish the method of a file, for conventions to be opened under; a version is published once for all."""
    voice = voice_of(context)
    method = _read(file, voice.texts)
    stream_id = profile_stream(method.name, method.version)
    with open_house() as house:
        known = house.steering.load(stream_id)
        if isinstance(known, PublishedProfile):
            if known.profile == method:
                voice.say("profile.already", name=_named(method))
                return
            raise Failed("error.profile-published", name=_named(method), next=method.version + 1)
        house.steering.execute(PublishMethodProfile(stream_id=stream_id, profile=method), house.operator())
    voice.say("profile.done", name=_named(method))


def schema(context: typer.Context) -> None:
    """The JSON Schema of the file of a method, for editors."""
    voice_of(context).line(json_schema().rstrip())


# --- where methods are found ------------------------------------------------------------------------------------------


def _named(method: MethodProfile) -> str:
    return f"{method.name}@{method.version}"


def _read(file: Path, texts: Texts) -> MethodProfile:
    """The method of a file. Raises `BadInput` with everything that is wrong with it."""
    try:
        return read_profile(file)
    except ProfileError as error:
        raise BadInput("error.profile", problems="\n".join(error.describe(texts))) from None


def method_named(named: str, texts: Texts) -> MethodProfile:
    """A method by its name, with `@` its version (else the last one), published here or shipped; or that of a file."""
    if Path(named).is_file():
        return _read(Path(named), texts)
    name, _, version = named.partition("@")
    found = [one for one in _shipped() if (one.name, str(one.version)) == (name, version)]
    if not found:
        found = [one for one in (*_shipped(), *_published()) if one.name == name and version in ("", str(one.version))]
    if not found:
        names = sorted({_named(one) for one in (*_shipped(), *_published())})
        raise BadInput("error.unknown-profile", value=named, allowed=", ".join(names))
    return max(found, key=lambda one: one.version)


def _shipped() -> Iterator[MethodProfile]:
    for name in shipped_names():
        stem, _, version = name.rpartition(".v")
        yield shipped_profile(stem, int(version))


def _published() -> tuple[MethodProfile, ...]:
    """Those of the store; none where there is no store yet."""
    settings = read_settings()
    if not store_exists(settings):
        return ()
    with open_house(settings, believed=False) as house:
        return published_profiles(house.reader.register())
