/* SPDX-License-Identifier: GPL-2.0-only */
/* A multicast group for CAP_SYS_ADMIN only: a flag in most kernels, a bit in older ones. */
#ifndef ZREAP_COMPAT_GENL_PRIVILEGED_H
#define ZREAP_COMPAT_GENL_PRIVILEGED_H

#include <net/genetlink.h>

#ifdef GENL_MCAST_CAP_SYS_ADMIN
#define GENL_PRIVILEGED .flags = GENL_MCAST_CAP_SYS_ADMIN
#else
#define GENL_PRIVILEGED .cap_sys_admin = 1
#endif

#endif
