# SPDX-License-Identifier: Apache-2.0
"""The one exception that is shown to the user as a sentence instead of a trace."""


class HarnessError(Exception):
    """Something outside the harness is wrong: a package, the network, a source tree, the user's input."""
