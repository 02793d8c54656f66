// SPDX-License-Identifier: GPL-2.0-only
/* Defines the tracepoint. */
#include <linux/cred.h>
#include <linux/user_namespace.h>

#define CREATE_TRACE_POINTS
#include "trace.h"
