/* SPDX-License-Identifier: GPL-2.0-only */
/* The third and fourth argument of a function that has just been entered. */
#ifndef ZREAP_JIANGSHI_ARGS_H
#define ZREAP_JIANGSHI_ARGS_H

#include <linux/ptrace.h>

#if defined(CONFIG_X86_64)
#define args_third(regs)	((regs)->dx)
#define args_fourth(regs)	((regs)->cx)
#elif defined(CONFIG_ARM64)
#define args_third(regs)	((regs)->regs[2])
#define args_fourth(regs)	((regs)->regs[3])
#else
#error "zreap_jiangshi: the argument registers of this architecture are not known; see args.h"
#endif

#endif
