"""The geometry of the drawings on the pages: numbers and SVG path data, no markup and no text."""
