/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_COMPAT_FILLDIR_H
#define ZREAP_COMPAT_FILLDIR_H

#include <linux/fs.h>
#include <linux/types.h>

/*
 * filldir_result - what the actor of iterate_dir() returns
 * FILLDIR_GO_ON - to be given the next name
 *
 * Since 25885a35a720 ("Change calling conventions for filldir_t"), Linux 6.1, it is
 * a bool, and true; before, an int, and 0.
 */
#define filldir_result typeof(((filldir_t)NULL)(NULL, NULL, 0, 0, 0, 0))

#define FILLDIR_GO_ON __builtin_types_compatible_p(filldir_result, bool)

#endif
