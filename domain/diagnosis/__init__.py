"""On what knowledge a territory acts: data asked of its partners once, findings with their evidence, versions.

One stream per territory, whatever its conventions: what was received for one serves the next.
"""
