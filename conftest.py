"""What all tests have in common: an environment in which nothing changes what symlint does."""

from __future__ import annotations

import os
import re
from typing import Final

HEEDED: Final = re.compile(
    r"CI|GITHUB_\w+|GITLAB_CI|TF_BUILD|TEAMCITY_VERSION|NO_COLOR|FORCE_COLOR|COLUMNS|LINES"
    r"|SYMLINT_\w+|_SYMLINT_COMPLETE|TF_VAR_.*|TF_WORKSPACE|TF_DATA_DIR|TF_CLI_ARGS.*"
)
"""The variables that symlint or terraform would heed, in this process or in one that a test starts."""

for _name in filter(HEEDED.fullmatch, tuple(os.environ)):
    del os.environ[_name]
