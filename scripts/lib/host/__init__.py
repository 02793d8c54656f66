# SPDX-License-Identifier: Apache-2.0
"""Hosts: Debian as a person installs it, booted from a disk of its own with systemd, and changed by scenarios."""
