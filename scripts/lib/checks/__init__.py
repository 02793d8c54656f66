# SPDX-License-Identifier: Apache-2.0
"""What `scripts/check` looks at. A check is a function: it takes the tree and yields faults."""
