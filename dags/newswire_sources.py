"""No DAG: an import error at the top of Airflow's list of DAGs, while the TOML of a source cannot be read.

It costs that source its DAGs until the file is right again; those of the others go on.
"""

from pipeline.errors import ConfigError
from pipeline.settings import read_settings
from pipeline.sources import broken_sources

if broken := broken_sources(read_settings().sources):
    raise ConfigError("; ".join(broken.values()))
