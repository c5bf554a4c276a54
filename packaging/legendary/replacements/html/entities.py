"""The entities of XML and the hard space: of the 2231 of HTML, `html.unescape` knows these."""

html5 = {"amp;": "&", "lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'", "nbsp;": "\xa0"}
