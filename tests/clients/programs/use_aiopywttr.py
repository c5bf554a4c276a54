"""python use_aiopywttr.py PLACE LANGUAGE: the model that aiopywttr parses, as JSON."""

import asyncio
import sys

import aiopywttr


async def main() -> None:
    async with aiopywttr.Wttr() as client:
        model = await client.weather(sys.argv[1], language=aiopywttr.Language(sys.argv[2]))
    print(model.model_dump_json(by_alias=True))


asyncio.run(main())
