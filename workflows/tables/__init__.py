"""The table that a territory already keeps (XLSX, ODS, CSV) read as a plan: what is sure, asked, refused.

Bytes become sheets of cells (`opening`), a table is found in them (`finding`), its columns are proposed (`columns`),
each cell is read as what its column means (`reading`). Nothing here records anything.
"""
