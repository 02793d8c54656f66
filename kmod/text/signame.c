// SPDX-License-Identifier: GPL-2.0-only
/* The names of the standard signals, as kill(1) has them. */
#include <linux/kernel.h>
#include <linux/signal.h>
#include <linux/string.h>

#include "signame.h"

#define NAME(name) { #name, SIG##name }

static const struct {
	const char *name;
	int number;
} signals[] = {
	NAME(HUP), NAME(INT), NAME(QUIT), NAME(ILL), NAME(TRAP), NAME(ABRT), NAME(BUS), NAME(FPE),
	NAME(KILL), NAME(USR1), NAME(SEGV), NAME(USR2), NAME(PIPE), NAME(ALRM), NAME(TERM),
	NAME(STKFLT), NAME(CHLD), NAME(CONT), NAME(STOP), NAME(TSTP), NAME(TTIN), NAME(TTOU),
	NAME(URG), NAME(XCPU), NAME(XFSZ), NAME(VTALRM), NAME(PROF), NAME(WINCH), NAME(IO),
	NAME(PWR), NAME(SYS),
};

int signal_by_name(const char *name, size_t len)
{
	size_t i;

	if (len > 3 && !memcmp(name, "SIG", 3)) {
		name += 3;
		len -= 3;
	}
	for (i = 0; i < ARRAY_SIZE(signals); i++) {
		if (strlen(signals[i].name) == len && !memcmp(signals[i].name, name, len))
			return signals[i].number;
	}
	return 0;
}
