/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_VERSION_H
#define ZREAP_VERSION_H

#define ZREAP_VERSION "0.1.0"

#endif
