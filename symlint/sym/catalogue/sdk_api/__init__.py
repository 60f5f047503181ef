"""What the Python SDK offers: names, signatures, models; only code is compared with it.

``api.toml`` is written by ``python -m tools.sdk_api`` from the published wheel, ``history.toml`` by
hand. Both are in a ``_data.py`` of their own, which a run that reads no Python never loads.
"""
