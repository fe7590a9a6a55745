# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo: the program on three practice tenants, looked at and driven from outside."""
