# SPDX-License-Identifier: Apache-2.0
"""Container images in the form of the Open Container Initiative, made without a registry. Root only."""
