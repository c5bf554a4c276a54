"""Builds the data files of `weather/atlas/data`. Never imported by the service.

sources        GeoNames' cities and ERA5's monthly means
mmdb           all networks of an IP database at once, as arrays
gazetteer      which cities there are, what they are called, and their columns
snap           points to cities on the globe
segmentation   fewer runs for less error: a dynamic programme, many pages at a time
ip_table       runs of addresses
climate_grid   monthly means to harmonics
pack           sections to a file
accuracy       what the files say against the sources they were made from
__main__       `python -m atlas_build`
"""
