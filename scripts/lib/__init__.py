# SPDX-License-Identifier: Apache-2.0
"""The test machines of zreap: kernels, modules, guests, and the judge of what they printed."""
