"""Builds the data files of `weather/atlas/data`. Never imported by the service.

sources        GeoNames' cities and ERA5's monthly means
mmdb           all networks of an IP database at once, as arrays
areas          countries and regions by their names and codes
area_sources   CLDR, and tables of ISO 3166-2
gazetteer      the cities, and the columns of their table
snap           the nearest cities of points on the globe
segmentation   the runs that cost least in size and error: a dynamic programme
ip_table       runs of addresses
climate_grid   monthly means to harmonics
pack           sections to a file
accuracy       the error of the files against their sources
__main__       `python -m atlas_build`
"""
