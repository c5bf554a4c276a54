"""python use_pywttr.py PLACE LANGUAGE: the model that pywttr parses, as JSON."""

import sys

import pywttr

with pywttr.Wttr() as client:
    model = client.weather(sys.argv[1], language=pywttr.Language(sys.argv[2]))
print(model.model_dump_json(by_alias=True))
