"""Chat in the terminal: type a message, or the number of a suggestion."""

from __future__ import annotations

import textwrap

from rasa.core.agent import Agent

from stillnight.channels import pictures
from stillnight.channels.message import Choice, Reply
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import Catalogue


async def chat(agent: Agent, catalogue: Catalogue) -> None:
    """Talk until end of input or Ctrl-C."""
    talk = Conversation(agent, catalogue, "shell")
    choices = _show(await talk.start())
    while True:
        try:
            text = input("you  ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if text.isdecimal() and 1 <= int(text) <= len(choices):
            choices = _show(await talk.choose(choices[int(text) - 1]))
        else:
            choices = _show(await talk.say(text))


def _show(replies: list[Reply]) -> list[Choice]:
    choices: list[Choice] = []
    for reply in replies:
        print(f"\n     {reply.text}")
        for picture in reply.pictures:
            print(textwrap.indent(pictures.text(picture), "     "))
        for source in reply.sources:
            print(f"     – {source.title} ({source.year})")
        for choice in reply.choices:
            choices.append(choice)
            print(f"     {len(choices)}  {choice.title}")
    print()
    return choices
